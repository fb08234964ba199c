// Small behaviours, each named by what it does.

import { isComposing } from "../../look/js/composing.js";
import { chooseTheme, theme } from "../../look/js/theme.js";
import { forgetDrafts } from "./drafts.js";
import { choose_one } from "./picking.js";
import { reload_page } from "./release.js";
import { clock_of_zone } from "./times.js";
import { toast } from "./toasts.js";

export function small() {
  return { load_in_sight, back_to_list, close_menu, send_at_once, choose_theme, forget_drafts, copy_value, ask_for_words, reload_page, clock_of_zone, choose_one };
}

/** Fetches the earlier page as soon as its link comes into sight. */
function load_in_sight(link) {
  const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && link.click(), { root: link.closest(".flow") });
  // The thread opens at its end; only somebody who scrolls up asks.
  const begin = () => observer.observe(link);
  link.closest(".flow").addEventListener("scroll", begin, { once: true, passive: true });
  return () => observer.disconnect();
}

/** Leads back to the list that is on the page. */
function back_to_list(link) {
  const list = document.getElementById("list");
  if (list) link.href = list.dataset.url;
}

/** Closes an open menu when one touches anything else, or presses Escape. */
function close_menu(details) {
  const page = new AbortController();
  const { signal } = page;
  document.addEventListener("pointerdown", (event) => { if (!details.contains(event.target)) details.open = false; }, { signal });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || isComposing(event)) return;
    details.open = false;
    details.querySelector("summary").focus();
  }, { signal });
  return () => page.abort();
}

/** Sends what is chosen as soon as it is, and comes back to the same page. */
function send_at_once(form) {
  form.addEventListener("change", () => {
    form.elements.next.value = location.pathname + location.search;
    form.submit();
  });
}

function choose_theme(group) {
  const show = () => group.querySelectorAll("[data-theme-choice]").forEach((each) => each.setAttribute("aria-pressed", each.dataset.themeChoice === theme()));
  group.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-theme-choice]");
    if (choice) chooseTheme(choice.dataset.themeChoice);
    show();
  });
  show();
}

/** Copies a value as it is. */
function copy_value(button) {
  const { value, said } = button.dataset;
  button.addEventListener("click", () => navigator.clipboard.writeText(value).then(() => toast(said, "ok"), () => {}));
}

/** Asks for words where the reason that was chosen says nothing by itself. */
function ask_for_words(form) {
  const { reason, words } = form.elements;
  reason.addEventListener("change", () => {
    words.required = reason.value === "other";
    words.closest("label").hidden = !words.required;
    if (words.required) words.focus();
  });
}

function forget_drafts(form) {
  form.addEventListener("submit", forgetDrafts);
}
