// What the same browser said before its owner logged in comes along: only ever on a click.

import { Refused } from "../../look/js/live.js";
import { post } from "./post.js";

/** Takes it along and tells the session; rejects when the server has not done it. */
export async function claim(session) {
  const response = await post("/widget/api/claim", {}, await session.live(), session.language);
  if (!response.ok) throw new Refused(response.status);
  const answer = await response.json();
  session.adopt(answer);
  Object.assign(session, { conversations: answer.conversations, claimable: answer.claimable });
}
