// From a click or a key to a deed: whatever carries `data-do` does it, and what carries `data-meant` only once it is certain that it was meant.

import { isComposing } from "../../look/js/composing.js";

const PASSING = ["problem", "done"]; // sentences that stay until somebody does something else

/** Takes away what was said of a deed that is over. */
export function calm(view) {
  for (const name of PASSING) view.strip(name, false);
}

/** Listens in the whole document; `table` says what each does, `meant(event, element)` rejects where nobody can have wanted it. */
export function listen(table, parts, meant) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    calm(parts.view);
    const act = () => {
      if (button.role?.startsWith("menuitem")) parts.sheets.shut();
      table[button.dataset.do](button, event);
    };
    if (button.dataset.meant === undefined) act();
    else meant(event, button).then(act, (error) => parts.sheets.shut(table.fail(error)));
  });
  for (const type of ["change", "paste", "drop"]) document.addEventListener(type, () => calm(parts.view), true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || isComposing(event)) return;
    if (parts.sheets.isOpen) parts.sheets.shut();
    else parts.host.tell("close");
  });
}
