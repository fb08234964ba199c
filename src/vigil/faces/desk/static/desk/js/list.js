// The list: rows come from the server one by one, each to its place; everything that happened within a moment is asked for once.

import { get, parse } from "./fragments.js";

const SOON_MS = 250;
const COUNTS_MS = 3000;
const CLOCKS_MS = 30000; // a pill says minutes

export class List {
  #wanted = new Set();
  #timer = null;
  #countsTimer = null;
  #current = null;

  start() {
    setInterval(() => document.visibilityState === "visible" && this.#rows().forEach((row) => this.touch(row.dataset.id)), CLOCKS_MS);
  }

  /** Asks soon how a conversation stands now. */
  touch(id) {
    this.#wanted.add(id);
    this.#timer ??= setTimeout(() => this.#fetch(), SOON_MS);
    this.#countsTimer ??= setTimeout(() => this.#count(), COUNTS_MS);
  }

  /** Asks for the whole first page again, after a connection was made. */
  async reload() {
    const html = await this.#ask({});
    if (html === null) return;
    const none = document.querySelector("#rows > .none");
    document.getElementById("rows").replaceChildren(...parse(html), none);
    this.#settle();
    this.#count();
  }

  markCurrent(id) {
    this.#current = id;
    for (const row of this.#rows()) {
      if (row.dataset.id === id) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  nameOf(id) {
    return document.getElementById(`row-${id}`)?.querySelector(".who").textContent ?? "";
  }

  async #fetch() {
    const ids = [...this.#wanted].slice(0, 100);
    ids.forEach((id) => this.#wanted.delete(id));
    const html = await this.#ask({ ids: ids.join(",") });
    this.#timer = this.#wanted.size ? setTimeout(() => this.#fetch(), SOON_MS) : null;
    if (html === null) return;
    const fresh = new Map(parse(html).map((row) => [row.dataset.id, row]));
    ids.forEach((id) => this.#place(document.getElementById(`row-${id}`), fresh.get(id)));
    this.#settle();
  }

  #place(old, row) {
    const focused = old && old === document.activeElement;
    old?.remove();
    if (!row) return;
    const next = this.#rows().find((each) => each.dataset.rank > row.dataset.rank);
    const more = document.querySelector("#rows > .more");
    // Behind the last row of a page that has more after it, its place is not on this page.
    if (!next && more) return;
    document.getElementById("rows").insertBefore(row, next ?? document.querySelector("#rows > .none"));
    if (focused) row.focus({ preventScroll: true });
  }

  #settle() {
    window.htmx.process(document.getElementById("rows"));
    this.markCurrent(this.#current);
  }

  async #count() {
    clearTimeout(this.#countsTimer);
    this.#countsTimer = null;
    const nav = document.getElementById("nav");
    // An open menu is not taken away from under the hand.
    if (nav.querySelector("details[open]")) return;
    const html = await get(`/desk/nav?${new URLSearchParams({ place: nav.dataset.place })}`);
    const fresh = html && parse(html)[0];
    if (!fresh || fresh.dataset.place !== document.getElementById("nav").dataset.place) return;
    for (const part of [".places", ".views"]) document.getElementById("nav").querySelector(part).replaceWith(fresh.querySelector(part));
    window.htmx.process(document.getElementById("nav"));
  }

  async #ask(query) {
    const place = document.getElementById("list").dataset.place;
    const html = await get(`/desk/rows?${new URLSearchParams({ place, ...query })}`);
    return document.getElementById("list").dataset.place === place ? html : null;
  }

  #rows() {
    return [...document.querySelectorAll("#rows > .row[data-id]")];
  }
}
