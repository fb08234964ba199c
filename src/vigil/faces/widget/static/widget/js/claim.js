// What the same browser said before its owner logged in comes along; whoever calls has seen that it was meant.

import { ask } from "./doors.js";

/** Takes it along and tells the session; rejects when the server has not done it. */
export async function claim(session) {
  const answer = await (await ask(session, "claim", { method: "POST", body: {} })).json();
  session.adopt(answer);
  Object.assign(session, { conversations: answer.conversations, claimable: answer.claimable });
}
