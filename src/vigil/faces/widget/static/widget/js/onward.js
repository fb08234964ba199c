// A conversation that goes on in another one: whoever is in it is led there with what they were about to say, and whoever reads it later is shown the way.

import { cloneTemplate } from "../../look/js/template.js";

/** Leads on from the conversation on the screen; `parts` are those of the frame. */
export async function lead(parts) {
  const { chat } = parts;
  const before = chat.current;
  // What is said here comes with the sheets.
  if (before.wasClosed) await parts.sheets.load();
  if (chat.current !== before) return;
  if (before.wasClosed) showTheWay(chat, before);
  else takeAlong(chat, before);
}

// None of these can come in here any more: whatever did stands among the entries by now.
function takeAlong(chat, before) {
  const unsent = [...before.letters].filter(([, { entry }]) => !entry);
  for (const [key] of unsent) chat.drop(key);
  chat.enter(before.into);
  for (const [, { text, files }] of unsent) chat.send(text, files);
}

function showTheWay(chat, { into }) {
  if (document.querySelector("[data-onward]")) return;
  const button = cloneTemplate("onward", {}, { "data-id": into });
  document.querySelector("[data-ends]").prepend(button);
  chat.addEventListener("changed", () => button.remove(), { once: true });
}
