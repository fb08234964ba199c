// The pages of one's own account: small behaviours, and nothing of the desk's live parts.

import { attachBehaviours } from "../../look/js/behaviours.js";
import { chooseTheme } from "../../look/js/theme.js";
import { passkey } from "./passkey.js";

attachBehaviours({ passkey, copy_codes, keep_theme });

/** Copies the recovery codes, one a line, and says so on the button. */
function copy_codes(button) {
  button.addEventListener("click", async () => {
    const codes = [...document.querySelectorAll("#codes code")].map((each) => each.textContent).join("\n");
    try {
      await navigator.clipboard.writeText(codes);
    } catch {
      return; // Not allowed here: they are still on the page.
    }
    button.querySelector("span").textContent = button.dataset.done;
  });
}

/** What is chosen for every device holds on this one too, at once. */
function keep_theme(form) {
  form.addEventListener("submit", () => chooseTheme(form.elements.theme.value));
}
