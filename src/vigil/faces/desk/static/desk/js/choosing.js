// Lists that act as soon as something is chosen: stepped through with the keyboard they wait for Enter, or for whoever goes on.

import { isComposing } from "../../look/js/composing.js";

const ACTING = '[data-behaviour~="send_at_once"] select, #search select';

/** Holds back what each step through such a list would set off; Escape takes the steps back. */
export function holdChoices() {
  let held = null; // the list that was stepped through, and what it said before
  let isStepping = false;
  const acting = (target) => (target.matches?.(ACTING) ? target : null);
  const settle = () => {
    const { list } = held ?? {};
    held = null;
    isStepping = false;
    list?.dispatchEvent(new Event("change", { bubbles: true }));
  };
  document.addEventListener("keydown", (event) => {
    const list = acting(event.target);
    if (!list || isComposing(event)) return;
    // With Alt, the space bar or Enter its owner opens the list, and then one choice is made there.
    isStepping = !event.altKey && !event.ctrlKey && !event.metaKey && event.key !== "Enter" && event.key !== " ";
    if (isStepping) held ??= { list, before: list.value, isTouched: false };
    if (event.key === "Escape" && held) {
      list.value = held.before;
      held = null;
    }
    if (event.key !== "Enter" || !held?.isTouched) return;
    event.preventDefault();
    settle();
  }, { capture: true });
  document.addEventListener("pointerdown", () => { isStepping = false; }, { capture: true });
  document.addEventListener("change", (event) => {
    if (!isStepping || held?.list !== event.target) return;
    event.stopImmediatePropagation();
    held.isTouched = true;
  }, { capture: true });
  document.addEventListener("focusout", ({ target }) => {
    if (held?.list !== target) return;
    if (held.isTouched) settle();
    else held = null;
  }, { capture: true });
}
