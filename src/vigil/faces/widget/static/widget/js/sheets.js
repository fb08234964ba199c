// The sheets that come up from below: one at a time, walked through with the keyboard, closed with Escape, focus given back.

import { Address } from "./address.js";
import { checked } from "./doors.js";

const PATIENCE = 15000; // milliseconds
const STOPS = "button:not(:disabled), input, textarea, a[href]";
let cache = "default";

/** Puts the sheets into the frame's document, in its language; rejects where they cannot be had. `parts` are those of the frame. */
export async function bring(parts) {
  const frame = document.querySelector(".window");
  const init = { cache, credentials: "omit", redirect: "error", signal: AbortSignal.timeout(PATIENCE) };
  // Should it not be ours, what was kept of it on the way is not taken again.
  cache = "reload";
  const response = await checked(await fetch(`/widget/sheets?lang=${document.documentElement.lang}`, init));
  const { body } = new DOMParser().parseFromString(await response.text(), "text/html");
  // Somebody between us and the server may answer in its stead.
  if (!body.querySelector('[data-sheet="menu"]')) throw new TypeError("these are none of our sheets");
  cache = "default";
  frame.querySelector("aside").replaceChildren(...body.childNodes);
  frame.querySelector('[data-do="sound"]').ariaChecked = String(parts.hasSound());
  parts.view.status(parts.chat.current);
  const sheets = new Sheets(frame, new Address(parts.session, parts.meant, (known) => parts.queue.tell(known)));
  sheets.address.mount(parts.view.form("address"), parts.words, () => sheets.shut());
  return sheets;
}

class Sheets {
  #opener = null;
  #sheet = null;

  constructor(frame, address) {
    this.frame = frame;
    this.address = address;
    frame.addEventListener("keydown", (event) => this.#walk(event));
  }

  get isOpen() {
    return this.#opener !== null;
  }

  toggle(name, opener) {
    const wasOpen = this.#opener === opener;
    this.shut();
    if (wasOpen) return;
    if (name === "address") this.address.load();
    this.#opener = opener;
    this.#sheet = this.frame.querySelector(`[data-sheet="${name}"]`);
    opener.setAttribute("aria-expanded", "true");
    this.#sheet.hidden = this.#veil.hidden = false;
    const stops = this.#stops;
    (stops.find((stop) => stop.role === "menuitemradio" && stop.ariaChecked === "true") ?? stops[0]).focus();
  }

  shut() {
    if (!this.isOpen) return;
    this.#sheet.hidden = this.#veil.hidden = true;
    this.#opener.setAttribute("aria-expanded", "false");
    // What opened it may be gone by now; then one goes on writing.
    [this.#opener, ...this.frame.querySelectorAll("textarea")].find((each) => each.checkVisibility())?.focus();
    this.#opener = null;
  }

  get #veil() {
    return this.frame.querySelector(".veil");
  }

  get #stops() {
    return [...this.#sheet.querySelectorAll(STOPS)].filter((each) => each.checkVisibility());
  }

  // A menu is walked with arrows and left with Tab; a form is walked with Tab, in a circle.
  #walk(event) {
    if (!this.isOpen) return;
    const isMenu = this.#sheet.role === "menu";
    const stops = this.#stops;
    const place = stops.indexOf(document.activeElement);
    const step = isMenu ? { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: -1 }[event.key] : event.key === "Tab" ? place + (event.shiftKey ? -1 : 1) : undefined;
    if (step !== undefined) stops.at(step % stops.length).focus();
    else if (event.key === "Tab") this.shut();
    else return;
    event.preventDefault();
  }
}
