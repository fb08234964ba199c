// A form with one field for words: sends on Enter or with the button, never half of a composition, and remembers its own draft only.

import { sendOnEnter } from "../../look/js/composing.js";

const TYPING_EVERY = 3000; // milliseconds

/** Calls `onSend(text)`, and `onTyping()` now and then while somebody writes; `files` may keep it waiting, or speak without words. */
export function attachComposer(form, files, onSend, onTyping = () => {}) {
  const field = form.querySelector("textarea");
  const button = form.querySelector(":scope button:is([data-primary], .go)");
  let toldAt = -Infinity;

  // A first message needs words; one in a conversation may be a picture alone.
  const isReady = () => !files.isBusy && Boolean(field.value.trim() || (form.dataset.send === "talk" && files.ready.length));
  const refresh = () => { button.disabled = !isReady(); };
  const send = () => {
    if (!isReady()) return;
    const text = field.value.trim();
    field.value = "";
    toldAt = -Infinity;
    onSend(text);
    refresh();
  };
  field.addEventListener("input", () => {
    refresh();
    if (!field.value.trim() || performance.now() - toldAt < TYPING_EVERY) return;
    toldAt = performance.now();
    onTyping();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
    field.focus();
  });
  files.addEventListener("changed", refresh);
  sendOnEnter(field, send);
  refresh();
}
