// The keyboard: a letter for what is done all day, by its place on the keyboard, so that it is the same in every layout.

import { isComposing } from "../../look/js/composing.js";
import { holdChoices } from "./choosing.js";
import { toast } from "./toasts.js";

const WALKING = new Set(["KeyJ", "KeyK"]);
const FIELDS = "input, textarea, select, [contenteditable]";

/** What a letter does; `open` names the conversation that is shown, or null. */
export function deedsOf({ me, open, failed }) {
  return {
    KeyJ: () => step(1),
    KeyK: () => step(-1),
    KeyO: () => standing()?.click(),
    KeyR: () => compose("reply"),
    KeyN: () => compose("note"),
    KeyA: () => post(open(), "assignment", { agent: me, seen: document.getElementById("head")?.dataset.holder ?? "" }, failed),
    KeyE: () => turn("resolved"),
    KeyU: () => turn("open"),
    KeyZ: () => fromMenu("until"),
    KeyP: () => fromMenu("priority"),
    KeyG: () => fromMenu("agent"),
    KeyL: () => unfold("[data-tagging]"),
    Hash: () => unfold("[data-merging]"),
    Slash: () => prepared(),
  };
}

/** Listens for the letters, and for Alt with the number of a live chat; `own` names the key of what has another than its usual one. */
export function startKeys(deeds, strip, own = {}) {
  holdChoices();
  const named = new Map(Object.keys(deeds).map((name) => [own[name] ?? name, name]));
  document.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey) return;
    const digit = event.altKey && /^Digit([1-4])$/.exec(event.code)?.[1];
    if (digit) return done(event, () => strip.open(digit));
    if (event.altKey || event.defaultPrevented) return;
    if (event.target.closest(FIELDS)) return leave(event);
    if (event.key === "?") return done(event, () => document.getElementById("keys").togglePopover());
    // Not every keyboard has this one in the same place.
    const name = named.get(event.key === "#" ? "Hash" : event.shiftKey ? "" : event.code);
    // Held down, a key walks through the list and does nothing else twice.
    if (name && (!event.repeat || WALKING.has(name))) done(event, deeds[name]);
  });
}

function done(event, deed) {
  event.preventDefault();
  deed();
}

// Escape leads from the composer back to where the letters work.
function leave(event) {
  if (event.key !== "Escape" || event.target.name !== "text" || !event.target.closest("#compose")) return;
  (standing() ?? rows()[0])?.focus();
  if (document.activeElement === event.target) event.target.blur();
}

function rows() {
  return [...document.querySelectorAll("#rows > .row[data-id]")];
}

function standing() {
  const all = rows();
  return all.find((row) => row === document.activeElement) ?? all.find((row) => row.hasAttribute("aria-current"));
}

function step(by) {
  const all = rows();
  const at = all.indexOf(standing());
  all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
}

function compose(kind) {
  const form = document.getElementById("compose");
  const choice = form?.querySelector(`[name=kind][value=${kind}]`);
  if (!choice) return;
  if (!choice.disabled) choice.click();
  form.elements.text.focus();
}

function prepared() {
  compose("reply");
  document.querySelector("#compose [data-open-macros]")?.click();
}

function turn(status) {
  const button = document.getElementById("turn");
  const asks = button?.closest("details");
  if (asks && status === "resolved") return stand(asks, "topic");
  const form = button?.form;
  if (form?.elements.status.value === status) form.requestSubmit();
}

async function post(conversation, what, values, failed) {
  if (!conversation) return;
  const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
  try {
    const options = { target: "#head", swap: "outerHTML", values: { ...values, csrfmiddlewaretoken } };
    await window.htmx.ajax("POST", `/desk/conversations/${conversation}/${what}`, options);
  } catch {
    toast(failed);
  }
}

function fromMenu(name) {
  const menu = document.getElementById("more")?.closest("details");
  if (menu) stand(menu, name);
}

// Opens a menu and stands on one of its choices as soon as the server has written it.
function stand(menu, name) {
  const focus = () => {
    const fold = menu.querySelector(`[data-fold="${name}"]`);
    if (fold) fold.open = true;
    const place = fold?.querySelector("form") ?? menu.querySelector(".panel");
    (place.querySelector("[data-find], [aria-current]") ?? place.querySelector("select, button, summary"))?.focus();
  };
  // Opened twice in a moment it is filled twice, and what the first answer brought is taken away again.
  const closed = new AbortController();
  // Its behaviours are attached behind this: only then is there a field to find somebody by.
  menu.addEventListener("htmx:afterSettle", () => queueMicrotask(focus), { signal: closed.signal });
  menu.addEventListener("toggle", () => menu.open || closed.abort(), { signal: closed.signal });
  menu.open = true;
}

// What stands folded up among the facts.
function unfold(what) {
  const facts = document.getElementById("facts");
  const place = facts?.querySelector(what);
  if (!place) return;
  if (getComputedStyle(facts).display === "none") facts.showPopover();
  place.open = true;
  place.querySelector("summary").focus();
}
