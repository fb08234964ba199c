// Says that somebody writes, until it is not told again.

const TYPING_MS = 6000;

/** Gives what shows a sentence in a place for a few seconds, or takes it away when it is empty. */
export function typingSign(place) {
  let timer = null;
  return function show(sentence) {
    clearTimeout(timer);
    place.textContent = sentence;
    if (sentence) timer = setTimeout(() => show(""), TYPING_MS);
  };
}
