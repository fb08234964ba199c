// The one box: Ctrl+K finds what is on the page by its name, goes there or does it, at once; below stands what the server finds.

import { isComposing } from "../../look/js/composing.js";
import { finder } from "./found.js";
import { searchFor } from "./search.js";

const MOST_SHOWN = 12;

/** Opens and narrows the box; `deeds` maps the code of a key to what that key does with the open conversation. */
export function startBox({ deeds, open }) {
  const box = document.getElementById("box");
  const field = box.querySelector("input");
  const list = box.querySelector('[role="listbox"]');
  let found = [];

  const options = () => [...list.querySelectorAll("[role=option]")];
  const select = (option) => {
    list.querySelectorAll("[aria-selected]").forEach((each) => each.setAttribute("aria-selected", String(each === option)));
    field.setAttribute("aria-activedescendant", option?.id ?? "");
    option?.scrollIntoView({ block: "nearest" });
  };
  const chosen = () => list.querySelector('[aria-selected="true"]');
  const show = () => {
    const wanted = fold(field.value);
    found = things(open()).filter((each) => fold(each.words).includes(wanted));
    list.replaceChildren(...found.slice(0, MOST_SHOWN).map(option), ...list.querySelectorAll("[role=group], [role=alert]"));
    box.querySelector("[data-none]").hidden = list.childElementCount > 0;
    select(options()[0]);
    find(field.value);
  };
  // What stands above does not move, nor does the choice: somebody may be pressing Enter.
  const find = finder((fresh) => {
    const standing = chosen();
    list.querySelectorAll("[role=group], [role=alert]").forEach((each) => each.remove());
    list.append(...fresh);
    list.querySelectorAll("[role=group] [role=option]").forEach((each, place) => { each.id = `box-found-${place}`; });
    window.htmx.process(list);
    box.querySelector("[data-none]").hidden = list.childElementCount > 0;
    select(standing?.isConnected ? standing : options()[0]);
  });
  const carryOut = (option) => {
    const thing = found[Number(option.dataset.place)];
    box.hidePopover();
    if ("search" in option.dataset) searchFor(field.value);
    else if (!thing) option.click();
    else if (thing.code) deeds[thing.code]();
    else thing.element.click();
  };
  const enter = () => {
    if (chosen()) return carryOut(chosen());
    if (field.value.trim()) searchFor(field.value);
    return box.hidePopover();
  };
  const move = (step) => {
    const all = options();
    if (all.length) select(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
  };

  document.addEventListener("keydown", (event) => {
    if (event.code !== "KeyK" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    // At once, not when the page is told that it opened: the next letter may already be typed.
    if (!box.togglePopover()) return;
    field.value = "";
    show();
    field.focus();
  });
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const act = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: enter }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-place], [data-search]");
    if (option) carryOut(option);
    else if (event.target.closest("a")) box.hidePopover();
  });
}

// What can be opened, gone to and done now, in this order.
function things(conversation) {
  const links = (selector, icon) => [...document.querySelectorAll(selector)].map((element) => ({ element, icon, ...named(element) }));
  const deeds = conversation ? [...document.querySelectorAll("#keys [data-deed]")].map((row) => ({ code: row.dataset.deed, icon: "right", words: row.querySelector("dd").textContent, key: row.querySelector("kbd").textContent })) : [];
  return [
    ...links("#live a", "live"),
    ...links(".places a, .views a, .nav .panel :is(a, form > button).menu-row", "right"),
    ...deeds,
    ...links("#rows > .row[data-id]", "chat"),
  ];
}

function named(element) {
  const name = element.querySelector("b, .who") ?? element.querySelector("span:not(.n)") ?? element;
  const words = element.querySelector(".what, .cut:last-child");
  return { words: name.textContent.trim(), lang: name.lang, more: words && words !== name ? words.textContent.trim() : "", moreLang: words?.lang };
}

function option({ words, lang, more, moreLang, key }, place) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "menu-row", id: `box-${place}`, tabIndex: -1 });
  button.setAttribute("role", "option");
  button.setAttribute("aria-selected", "false");
  button.dataset.place = place;
  button.append(part("span", words, lang));
  if (more) button.append(part("span", more, moreLang, "muted cut"));
  if (key) button.append(part("kbd", key));
  return button;
}

function part(tag, text, lang = "", className = "") {
  const element = document.createElement(tag);
  Object.assign(element, { textContent: text, className, dir: "auto" });
  if (lang) element.lang = lang;
  return element;
}

/** Writes it without accents and case, so that sahin finds Şahin. */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase("en").replaceAll("ı", "i");
}
