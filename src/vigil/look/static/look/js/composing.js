// Enter sends, except while an input method composes a word: then Enter, like any other key, belongs to the word.

const LATE_KEY_MS = 50; // Safari ends the composition first and delivers the key that ended it just after
const COMPOSING_KEY = 229; // what browsers report for a key the input method has swallowed

let endedAt = -Infinity;
document.addEventListener("compositionend", (event) => { endedAt = event.timeStamp; }, true);

/** Says whether a key was pressed for the word that is being composed, and so for nobody else. */
export function isComposing(event) {
  return event.isComposing || event.keyCode === COMPOSING_KEY || event.timeStamp - endedAt < LATE_KEY_MS;
}

/** Calls `send()` on Enter in a field; returns the clean-up. Shift+Enter is a new line, and on a touch keyboard Enter is too; Ctrl+Enter sends always. */
export function sendOnEnter(field, send, { onTouch = isTouchKeyboard, plainEnter = true } = {}) {
  const page = new AbortController();
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey || event.repeat || isComposing(event)) return;
    const withControl = event.ctrlKey || event.metaKey;
    if (!withControl && (!plainEnter || onTouch())) return;
    event.preventDefault();
    send();
  }, { signal: page.signal });
  return () => page.abort();
}

function isTouchKeyboard() {
  return matchMedia("(hover: none) and (pointer: coarse)").matches;
}
