// Fields that grow with their words where style alone cannot do that; no other browser loads this.

import { grow } from "../../look/js/growing.js";

const fit = () => document.querySelectorAll("textarea").forEach(grow);
// What sends empties its field without a word, so one looks after it; and a field has no height before it is shown.
for (const type of ["input", "keydown", "click", "focusin"]) document.addEventListener(type, () => setTimeout(fit));
