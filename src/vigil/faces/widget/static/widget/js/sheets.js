// The sheets that come up from below: one at a time, walked through with arrow keys, closed with Escape, focus given back.

export class Sheets {
  #opener = null;

  constructor(frame) {
    this.frame = frame;
    frame.addEventListener("keydown", (event) => this.#walk(event));
  }

  get isOpen() {
    return this.#opener !== null;
  }

  toggle(name, opener) {
    const wasOpen = this.#opener === opener;
    this.shut();
    if (wasOpen) return;
    this.#opener = opener;
    opener.setAttribute("aria-expanded", "true");
    this.#each(name).hidden = this.#veil.hidden = false;
    const rows = this.#rows;
    (rows.find((row) => row.ariaChecked === "true") ?? rows[0]).focus();
  }

  shut() {
    if (!this.isOpen) return;
    for (const sheet of this.frame.querySelectorAll("[data-sheet]")) sheet.hidden = true;
    this.#veil.hidden = true;
    this.#opener.setAttribute("aria-expanded", "false");
    this.#opener.focus();
    this.#opener = null;
  }

  get #veil() {
    return this.frame.querySelector(".veil");
  }

  get #rows() {
    return [...this.frame.querySelectorAll("[data-sheet]:not([hidden]) .menu-row")];
  }

  #each(name) {
    return this.frame.querySelector(`[data-sheet="${name}"]`);
  }

  #walk(event) {
    if (!this.isOpen) return;
    const rows = this.#rows;
    const place = rows.indexOf(document.activeElement);
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) rows.at(to % rows.length).focus();
    else if (event.key === "Tab") this.shut();
    else return;
    event.preventDefault();
  }
}
