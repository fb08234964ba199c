// What lets something out is done only on a person's own act, in a chat that they can see: a page around us may lay something over it.

import { pause } from "../../look/js/waiting.js";

const LEAST = 100; // milliseconds, the least that browsers take for telling what covers an element
const SETTLED = 400; // milliseconds: what they tell first may be how the page around us looked before

/** Resolves where `event` is a person's own and `element`, on which they acted, lies open to them; rejects with a sentence of `words`. */
export async function meant({ isTrusted }, element, words) {
  element.scrollIntoView({ block: "nearest" });
  if (!isTrusted || !(await isInSight(element))) throw Object.assign(new Error(words.covered), { code: "covered" });
}

// A page may also make us transparent. Where a browser cannot tell, being on the screen has to do.
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
