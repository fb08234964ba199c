// From a click or a key to a deed: whatever carries `data-do` does it, and what carries `data-meant` only once it is certain that it was meant.

import { isComposing } from "../../look/js/composing.js";

const PASSING = ["problem", "done"]; // sentences that stay until somebody does something else

/** Listens in the whole document; `table` says what each does, `meant(event, element)` rejects where nobody can have wanted it. */
export function listen(table, parts, meant) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    for (const name of PASSING) parts.view.strip(name, false);
    const act = () => {
      if (button.role?.startsWith("menuitem")) parts.sheets.shut();
      table[button.dataset.do](button, event);
    };
    if (button.dataset.meant === undefined) act();
    else meant(event, button).then(act, (error) => parts.sheets.shut(table.fail(error)));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || isComposing(event)) return;
    if (parts.sheets.isOpen) parts.sheets.shut();
    else parts.host.tell("close");
  });
}
