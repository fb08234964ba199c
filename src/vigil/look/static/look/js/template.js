// Fills copies of a page's own <template> with plain text: the page's HTML is written once, on the server.

const ATTRIBUTES = new Set(["lang", "dir", "datetime", "title", "aria-label", "data-tone", "data-show", "hidden"]);

/** Returns a filled copy of the first element in the template with this id. */
export function cloneTemplate(id, slots = {}, attributes = {}) {
  const element = document.getElementById(id).content.firstElementChild.cloneNode(true);
  setAttributes(element, attributes, true);
  return fill(element, slots);
}

/** Fills each `data-slot`: with text, with {text, lang, dir, …}, or takes the element out when the value is null. */
export function fill(element, slots) {
  for (const [name, value] of Object.entries(slots)) {
    for (const slot of slotsOf(element, name)) {
      if (value === null || value === undefined) slot.remove();
      else if (typeof value === "object") fillOne(slot, value);
      else slot.textContent = value;
    }
  }
  return element;
}

function fillOne(slot, { text, ...attributes }) {
  if (text !== undefined) slot.textContent = text;
  setAttributes(slot, attributes, false);
}

function slotsOf(element, name) {
  const selector = `[data-slot="${CSS.escape(name)}"]`;
  const inside = [...element.querySelectorAll(selector)];
  return element.matches(selector) ? [element, ...inside] : inside;
}

function setAttributes(element, attributes, anyData) {
  for (const [name, value] of Object.entries(attributes)) {
    // Only names that cannot run anything: an address or a handler never comes from data.
    if (!ATTRIBUTES.has(name) && !(anyData && (name.startsWith("data-") || name === "class"))) throw new TypeError(`a template may not set ${name}`);
    if (value === null || value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : value);
  }
}
