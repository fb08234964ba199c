// A form with one field for words: sends on Enter or with the button, never half of a composition, and remembers its own draft only.

import { sendOnEnter } from "../../look/js/composing.js";

const TYPING_EVERY = 3000; // milliseconds

/** Calls `onSend(text)`, and `onTyping()` now and then while somebody writes; what is written stays here until it is sent. */
export function attachComposer(form, onSend, onTyping = () => {}) {
  const field = form.querySelector("textarea");
  const button = form.querySelector("button:last-of-type");
  let toldAt = -Infinity;

  const refresh = () => { button.disabled = !field.value.trim(); };
  const send = () => {
    const text = field.value.trim();
    if (!text) return;
    onSend(text);
    field.value = "";
    toldAt = -Infinity;
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
  sendOnEnter(field, send);
  refresh();
}
