// The place Search: filters that search as soon as they are chosen, and arrows that lead from the field into what was found.

import { isComposing } from "../../look/js/composing.js";

/** Opens the place, or stands in its field where it is open already. */
export function openSearch() {
  const field = document.querySelector("#search [name=words]");
  if (!field) return document.querySelector('.places a[href="/desk/search"]')?.click();
  field.focus();
  return field.select();
}

/** Searches for words from wherever they were typed. */
export function searchFor(words) {
  const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
  return window.htmx.ajax("POST", "/desk/search", { target: "#list", swap: "outerHTML", values: { words, csrfmiddlewaretoken } });
}

export function search_place(place) {
  const form = place.querySelector("#search");
  const field = form.elements.words;
  const rows = () => [...place.querySelectorAll("#rows .row")];
  const walk = (step) => {
    const all = rows();
    const at = all.indexOf(document.activeElement) + step;
    if (at < 0) field.focus();
    else all[Math.min(at, all.length - 1)]?.focus();
  };
  const isFree = document.activeElement === document.body || document.activeElement.closest("#nav, #box");
  // On a phone the keyboard would cover what was found; with a conversation open the letters are its own.
  if (isFree && matchMedia("(pointer: fine)").matches && !document.querySelector("#thread[data-conversation]")) field.focus();

  form.addEventListener("change", ({ target }) => target !== field && form.requestSubmit());
  form.addEventListener("click", ({ target }) => {
    const name = target.closest("[data-unset]")?.dataset.unset;
    if (!name) return;
    form.elements[name].value = "";
    form.requestSubmit();
  });
  place.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const isRow = event.target.matches("#rows .row");
    if (event.target !== field && !isRow) return;
    const act = { ArrowDown: () => walk(event.target === field ? rows().length && 1 : 1), ArrowUp: () => isRow && walk(-1), Escape: () => isRow && field.focus() }[event.key];
    if (!act || (event.target === field && event.key !== "ArrowDown")) return;
    event.preventDefault();
    act();
  });
}
