// What the same browser said before its owner logged in comes along: only ever on a person's own click, on a button that they could see.

import { pause } from "../../look/js/waiting.js";
import { ask } from "./doors.js";

const LEAST = 100; // milliseconds, the least that browsers take for telling what covers an element
const SETTLED = 400; // milliseconds: what they tell first may be how the page around us looked before

/** Takes it along on the click `event` and tells the session; rejects when the server has not done it, or when that click was none. */
export async function claim(session, { isTrusted, target }) {
  if (!isTrusted || !(await isInSight(target))) throw new Error("nobody could have meant this");
  const answer = await (await ask(session, "claim", { method: "POST", body: {} })).json();
  session.adopt(answer);
  Object.assign(session, { conversations: answer.conversations, claimable: answer.claimable });
}

// A page around us may lay something over the chat, or make it transparent. Where a browser cannot tell, being on the screen has to do.
function isInSight(element) {
  let isSeen = false;
  const watch = new IntersectionObserver((told) => {
    const { isIntersecting, isVisible = isIntersecting } = told.pop();
    isSeen = isVisible;
  }, { trackVisibility: true, delay: LEAST });
  watch.observe(element);
  return pause(SETTLED).then(() => {
    watch.disconnect();
    return isSeen;
  });
}
