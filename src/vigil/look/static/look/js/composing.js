// Enter sends, except while an input method composes a word: then Enter belongs to the word.

const LATE_ENTER_MS = 50; // Safari ends the composition first and delivers the Enter that ended it just after
const COMPOSING_KEY = 229; // what browsers report for a key the input method has swallowed

/** Calls `send()` on Enter in a field; returns the clean-up. Shift+Enter is a new line, and on a touch keyboard Enter is too; Ctrl+Enter sends always. */
export function sendOnEnter(field, send, { onTouch = isTouchKeyboard, plainEnter = true } = {}) {
  const page = new AbortController();
  const { signal } = page;
  let composing = false;
  let endedAt = -Infinity;
  field.addEventListener("compositionstart", () => { composing = true; }, { signal });
  field.addEventListener("compositionend", (event) => { composing = false; endedAt = event.timeStamp; }, { signal });
  // A field that loses focus in the middle of a word may never hear the end of it.
  field.addEventListener("blur", () => { composing = false; }, { signal });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.altKey || event.repeat) return;
    if (composing || event.isComposing || event.keyCode === COMPOSING_KEY || event.timeStamp - endedAt < LATE_ENTER_MS) return;
    const withControl = event.ctrlKey || event.metaKey;
    if (!withControl && (!plainEnter || onTouch())) return;
    event.preventDefault();
    send();
  }, { signal });
  return () => page.abort();
}

function isTouchKeyboard() {
  return matchMedia("(hover: none) and (pointer: coarse)").matches;
}
