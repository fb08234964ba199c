// The pages of one's own account: small behaviours, and nothing of the desk's live parts.

import { attachBehaviours } from "../../look/js/behaviours.js";
import { isComposing } from "../../look/js/composing.js";
import { chooseTheme } from "../../look/js/theme.js";
import { getOnce, parse } from "./fragments.js";
import { nudges } from "./nudges.js";
import { passkey } from "./passkey.js";
import { tell } from "./token.js";

const FRESH_MS = 10000;
const ALIVE_MS = 15000;

attachBehaviours({ passkey, copy_codes, keep_theme, keep_fresh, stay_alive, nudges, take_key });

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

/** Fetches what it holds again every ten seconds, for as long as somebody looks and nobody stands in it. */
function keep_fresh(element) {
  const timer = setInterval(async () => {
    if (document.visibilityState !== "visible" || element.contains(document.activeElement)) return;
    const html = await getOnce(element.dataset.url);
    if (html !== null && !element.contains(document.activeElement)) element.replaceChildren(...parse(html));
  }, FRESH_MS);
  return () => clearInterval(timer);
}

/** Whoever looks at these pages has left the desk for a moment, not for good: their customers stay theirs. */
function stay_alive() {
  const say = () => document.visibilityState === "visible" && tell("signal", { alive: true }).catch(() => false);
  const timer = setInterval(say, ALIVE_MS);
  say();
  return () => clearInterval(timer);
}

/** Takes a key by its place: whoever writes another script need not look for its letter in the list. */
function take_key(select) {
  select.addEventListener("keydown", (event) => {
    const code = event.key === "#" ? "Hash" : event.code;
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey || ![...select.options].some(({ value }) => value === code)) return;
    event.preventDefault();
    select.value = code;
  });
}
