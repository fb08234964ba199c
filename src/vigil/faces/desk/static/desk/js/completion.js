// A list below the field: opened by a sign that is typed or by its button, narrowed by typing, chosen with arrows and Enter.

import { isComposing } from "../../look/js/composing.js";
import { getOnce, parse } from "./fragments.js";

/** Offers what `address` lists behind one of `signs`, where `allows()` says so; `changed()` is called when something was inserted. Returns what closes it. */
export function completion(field, menu, { signs, address, button = null, allows = () => true, changed, signal }) {
  let begin = null; // where in the text the sign stands; null when the menu came by the button
  const options = () => [...menu.querySelectorAll("[data-text]")].filter((each) => !each.hidden);
  const chosen = () => options().find((each) => each.getAttribute("aria-selected") === "true");

  const select = (option) => {
    menu.querySelectorAll("[data-text]").forEach((each) => each.setAttribute("aria-selected", String(each === option)));
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  };
  const close = () => {
    if (menu.hidden) return;
    menu.hidden = true;
    begin = null;
    button?.setAttribute("aria-expanded", "false");
    ["aria-activedescendant", "aria-controls"].forEach((name) => field.removeAttribute(name));
  };
  const open = async (at) => {
    field.dispatchEvent(new CustomEvent("offered", { detail: menu }));
    begin = at;
    menu.hidden = false;
    button?.setAttribute("aria-expanded", "true");
    field.setAttribute("aria-controls", menu.id);
    if (!menu.dataset.loaded) {
      const html = await getOnce(address);
      if (html === null) return close();
      menu.replaceChildren(...parse(html));
      menu.querySelectorAll("[data-text]").forEach((each, place) => { each.id = `${menu.id}-${place}`; });
      menu.dataset.loaded = "true";
    }
    // Given up while it came, or typed on: then what was typed narrows it now.
    return menu.hidden ? null : narrow();
  };
  const narrow = () => {
    if (!menu.dataset.loaded) return null;
    const wanted = begin === null ? "" : field.value.slice(begin + 1, field.selectionStart).toLocaleLowerCase();
    menu.querySelectorAll("[data-text]").forEach((each) => { each.hidden = !each.textContent.toLocaleLowerCase().includes(wanted); });
    menu.querySelectorAll('[role="group"]').forEach((each) => { each.hidden = !each.querySelector("[data-text]:not([hidden])"); });
    if (!options().length && wanted) return close();
    return select(options()[0]);
  };
  const insert = (option) => {
    const start = begin ?? field.selectionStart;
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

  button?.addEventListener("click", () => (menu.hidden ? open(null) : close()), { signal });
  menu.addEventListener("mousedown", (event) => event.preventDefault(), { signal }); // the field keeps its place
  menu.addEventListener("click", (event) => {
    const option = event.target.closest("[data-text]");
    if (option) insert(option);
  }, { signal });
  field.addEventListener("input", (event) => {
    const at = field.selectionStart - 1;
    if (signs.includes(event.data) && !event.isComposing && allows() && (at === 0 || /[\s(]/.test(field.value[at - 1]))) return open(at);
    if (!menu.hidden && begin !== null) return signs.includes(field.value[begin]) && at >= begin ? narrow() : close();
    return null;
  }, { signal });
  // One list at a time.
  field.addEventListener("offered", ({ detail }) => detail !== menu && close(), { signal });
  field.form.addEventListener("keydown", (event) => {
    if (menu.hidden || isComposing(event) || event.ctrlKey || event.metaKey) return;
    const act = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Escape: close, Enter: () => chosen() && insert(chosen()) }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }, { signal });
  document.addEventListener("pointerdown", (event) => !menu.hidden && !field.form.contains(event.target) && close(), { signal });
  return close;
}
