// How the words will be read, below them: opened by its button or by Alt+P, written by the server as the thread will show it.

import { isComposing } from "../../look/js/composing.js";
import { parse } from "./fragments.js";

const PAUSE_MS = 250;

/** Offers the preview of what is in the form's field; returns what closes it. */
export function preview(form, conversation, signal) {
  const place = form.querySelector("#preview");
  const button = form.querySelector("[data-open-preview]");
  const [words, none] = ['[data-slot="words"]', "[data-none]"].map((each) => place.querySelector(each));
  const field = form.elements.text;
  let asked = 0;
  let timer = null;

  const show = async () => {
    const mine = (asked += 1);
    const html = field.value.trim() ? await ask(conversation, field.value, signal) : "";
    if (html === null || mine !== asked) return;
    words.replaceChildren(...parse(html));
    none.hidden = Boolean(html);
  };
  const soon = () => {
    clearTimeout(timer);
    if (!place.hidden) timer = setTimeout(show, PAUSE_MS);
  };
  const turn = (isOpen) => {
    place.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) show();
    else words.replaceChildren();
  };

  button.addEventListener("click", () => turn(place.hidden), { signal });
  form.addEventListener("keydown", (event) => {
    if (event.code !== "KeyP" || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    turn(place.hidden);
  }, { signal });
  field.addEventListener("input", soon, { signal });
  form.addEventListener("emptied", () => turn(false), { signal });
  return () => clearTimeout(timer);
}

// What cannot be shown, because it is refused or the line is down, leaves what was shown before.
async function ask(conversation, text, signal) {
  const body = new FormData();
  body.append("text", text);
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    const response = await fetch(`/desk/conversations/${conversation}/preview`, { method: "POST", body, headers: { "HX-Request": "true" }, signal });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}
