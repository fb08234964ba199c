// A choice among several in the menu of what may be done: narrowed by what one types, walked through with the arrows or a letter.

import { isComposing } from "../../look/js/composing.js";
import { fold } from "./box.js";

/** Lets a form's choices be found and walked through; Enter in its field takes the first that is left. */
export function choose_one(form) {
  const field = form.querySelector("[data-find]");
  const all = [...form.querySelectorAll("[data-choice]")];
  const left = () => all.filter((each) => !each.hidden);
  const stand = (choice) => (choice?.control ?? choice)?.focus();
  const narrow = () => {
    const wanted = fold(field.value.trim());
    for (const each of all) each.hidden = !fold(each.textContent).includes(wanted);
    form.querySelector("[data-none]").hidden = left().length > 0;
  };
  const take = () => {
    const [first] = field.value.trim() ? left() : [];
    first?.click();
    // Who has chosen a colleague goes on to what is told to them.
    if (first?.control) form.elements.note.focus();
  };
  const walk = (event) => {
    const at = left().findIndex((each) => each.contains(event.target));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    // Radio buttons are walked through by the browser.
    if (step && (at < 0 || !all[0].control)) return stand(left()[Math.max(0, at + step)] ?? left().at(-1));
    const begins = (each) => fold(each.textContent.trim()).startsWith(fold(event.key));
    return stand([...left().slice(at + 1), ...left()].find(begins));
  };

  // Without script there is nothing to narrow, and Enter would take the first of all.
  if (field) field.hidden = false;
  field?.addEventListener("input", narrow);
  form.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const isField = event.target === field;
    if (isField && event.key === "Enter") take();
    else if (/^Arrow(Down|Up)$/.test(event.key) && (isField || (event.target.closest("[data-choice]") && event.target.type !== "radio"))) walk(event);
    else if (event.key.length === 1 && event.key !== " " && event.target.matches("button[data-choice]")) walk(event);
    else return;
    event.preventDefault();
  });
}
