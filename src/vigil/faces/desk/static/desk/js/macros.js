// The menu of prepared answers: opened by its button or by "/", narrowed by typing, chosen with arrows and Enter.

import { isComposing } from "../../look/js/composing.js";

export function macroMenu(form, field, changed, signal) {
  const menu = form.querySelector("#macros");
  const button = form.querySelector("[data-open-macros]");
  let slash = null; // where in the text the menu was asked for; null when it came by the button
  const options = () => [...menu.querySelectorAll("[data-text]")].filter((each) => !each.hidden);
  const chosen = () => options().find((each) => each.getAttribute("aria-selected") === "true");

  const select = (option) => {
    menu.querySelectorAll("[aria-selected]").forEach((each) => each.removeAttribute("aria-selected"));
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    menu.hidden = true;
    slash = null;
    button.setAttribute("aria-expanded", "false");
  };
  const open = async (at) => {
    slash = at;
    menu.hidden = false;
    button.setAttribute("aria-expanded", "true");
    if (!menu.dataset.loaded) {
      const response = await fetch(form.dataset.macros, { headers: { "HX-Request": "true" } }).catch(() => null);
      if (!response?.ok) return close();
      menu.innerHTML = await response.text(); // our own server's fragment, escaped there
      menu.dataset.loaded = "true";
    }
    return narrow();
  };
  const narrow = () => {
    const wanted = slash === null ? "" : field.value.slice(slash + 1, field.selectionStart).toLocaleLowerCase();
    menu.querySelectorAll("[data-text]").forEach((each) => { each.hidden = !each.textContent.toLocaleLowerCase().includes(wanted); });
    if (!options().length && wanted) return close();
    return select(options()[0]);
  };
  const insert = (option) => {
    const start = slash ?? field.selectionStart;
    field.setRangeText(option.dataset.text, start, field.selectionEnd, "end");
    close();
    field.focus();
    const blank = /\{\{[^}]+\}\}/.exec(field.value);
    if (blank) field.setSelectionRange(blank.index, blank.index + blank[0].length);
    changed();
  };
  const move = (step) => {
    const all = options();
    select(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
  };

  button.addEventListener("click", () => (menu.hidden ? open(null) : close()), { signal });
  menu.addEventListener("mousedown", (event) => event.preventDefault(), { signal }); // the field keeps its place
  menu.addEventListener("click", (event) => {
    const option = event.target.closest("[data-text]");
    if (option) insert(option);
  }, { signal });
  field.addEventListener("input", (event) => {
    const at = field.selectionStart - 1;
    if (event.data === "/" && !event.isComposing && (at === 0 || /\s/.test(field.value[at - 1]))) return open(at);
    if (!menu.hidden && slash !== null) return field.value[slash] === "/" ? narrow() : close();
    return null;
  }, { signal });
  field.addEventListener("keydown", (event) => {
    if (menu.hidden || isComposing(event) || event.ctrlKey || event.metaKey) return;
    const act = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Escape: close, Enter: () => chosen() && insert(chosen()) }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }, { signal });
  document.addEventListener("pointerdown", (event) => !menu.hidden && !form.contains(event.target) && close(), { signal });
  return close;
}
