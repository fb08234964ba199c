// Fragments of a page, as our own server writes them: escaped there, and put in as they are.

import { backoff, pause } from "../../look/js/waiting.js";

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [...template.content.children];
}

/** Fetches a fragment; null when there is none to be had now. */
export async function getOnce(address) {
  try {
    const response = await fetch(address, { headers: { "HX-Request": "true" }, cache: "no-store" });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

/** Fetches a fragment however often that takes; empty once what it is for is gone or nobody waits any more. */
export async function getForSure(address, signal) {
  for (let tries = 1; !signal.aborted; tries += 1) {
    try {
      const response = await fetch(address, { headers: { "HX-Request": "true" }, cache: "no-store", signal });
      if (response.ok) return await response.text();
      if ([403, 404].includes(response.status)) return "";
    } catch {
      // Cut off in the middle: asked again below.
    }
    await pause(backoff(tries, { most: 8000 }), signal);
  }
  return "";
}

/** Gives a row its fresh state; it stays the same element for as long as it is shown, for somebody may have just clicked it. */
export function become(old, fresh) {
  if (!old) return fresh;
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && name !== "aria-current") old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
  return old;
}
