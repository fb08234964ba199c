// The list: rows come from the server one by one, each to its place; everything that happened within a moment is asked for once.

import { become, getOnce, parse } from "./fragments.js";
import { showRelease } from "./release.js";

const SOON_MS = 250;
const COUNTS_MS = 3000;
const AGAIN_MS = 3000; // after an answer that could not be had
const CLOCKS_MS = 30000; // a pill says minutes
// Words move a conversation within its lists; only these take it into one or out of it, and so change how many there are.
const TURNS = new Set(["opened", "status", "assigned", "queue", "merged"]);

export class List {
  #me;
  #wanted = new Set();
  #timer = null;
  #reloadTimer = null;
  #countsTimer = null;
  #current = null;

  constructor(me) {
    this.#me = me;
  }

  start() {
    // Following writes nothing into the timeline that would tell of it.
    document.addEventListener("htmx:afterRequest", ({ detail }) => {
      const [, id] = /^\/desk\/conversations\/([^/]+)\/following$/.exec(detail.pathInfo.requestPath) ?? [];
      if (id) this.touch(id);
    });
    setInterval(() => document.visibilityState === "visible" && this.#rows().forEach((row) => this.touch(row.dataset.id)), CLOCKS_MS);
  }

  /** Asks soon how a conversation stands in which something was said or done, where that can change what is shown. */
  hear(entry) {
    if (TURNS.has(entry.kind)) this.#countSoon();
    if (this.#mayShow(entry)) this.#askSoon(entry.conversation);
  }

  /** Asks soon how a conversation stands now. */
  touch(id) {
    this.#askSoon(id);
    this.#countSoon();
  }

  #askSoon(id) {
    this.#wanted.add(id);
    this.#timer ??= setTimeout(() => this.#fetch(), SOON_MS);
  }

  #countSoon() {
    this.#countsTimer ??= setTimeout(() => this.#count(), COUNTS_MS);
  }

  // What a colleague talks about does not stand in one's own list, and will not before it changes hands.
  #mayShow({ conversation, state }) {
    const { place } = document.getElementById("list").dataset;
    return place !== "mine" || !state || state.assignee === this.#me || document.getElementById(`row-${conversation}`) !== null;
  }

  /** Asks for the whole first page again, after a connection was made; what was opened is painted before. */
  reload() {
    this.#reloadTimer ??= setTimeout(() => this.#fetchAll(), SOON_MS);
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
    if (html === null) ids.forEach((id) => this.#wanted.add(id));
    this.#timer = this.#wanted.size ? setTimeout(() => this.#fetch(), html === null ? AGAIN_MS : SOON_MS) : null;
    if (html === null) return;
    const fresh = new Map(parse(html).map((row) => [row.dataset.id, row]));
    ids.forEach((id) => this.#place(document.getElementById(`row-${id}`), fresh.get(id)));
    this.#settle();
  }

  async #fetchAll() {
    this.#reloadTimer = null;
    const html = await this.#ask({});
    if (html === null) return;
    const none = document.querySelector("#rows > .none");
    const rows = parse(html).map((row) => become(document.getElementById(row.id), row));
    // Whoever walks through the rows stands where they stood.
    const focused = document.activeElement;
    document.getElementById("rows").replaceChildren(...rows, none);
    if (rows.includes(focused)) focused.focus({ preventScroll: true });
    this.#settle();
    this.#count();
  }

  #place(old, fresh) {
    if (!fresh) return old?.remove();
    const row = become(old, fresh);
    const next = this.#rows().find((each) => each !== row && each.dataset.rank > row.dataset.rank);
    const more = document.querySelector("#rows > .more");
    // Behind the last row of a page that has more after it, its place is not on this page.
    if (!next && more) return row.remove();
    const place = next ?? document.querySelector("#rows > .none");
    // Moving takes the focus away, so what stands well stays, and what does not takes it along.
    const isStoodOn = row === document.activeElement;
    if (!row.isConnected || row.nextElementSibling !== place) document.getElementById("rows").insertBefore(row, place);
    return isStoodOn && row.focus({ preventScroll: true });
  }

  #settle() {
    window.htmx.process(document.getElementById("rows"));
    this.markCurrent(this.#current);
  }

  async #count() {
    clearTimeout(this.#countsTimer);
    this.#countsTimer = null;
    const nav = document.getElementById("nav");
    // An open menu is not taken away from under the hand; what changed meanwhile is counted when it closes.
    const menu = nav.querySelector("details[open]");
    if (menu) return menu.addEventListener("toggle", () => this.#countSoon(), { once: true });
    const html = await getOnce(`/desk/nav?${new URLSearchParams({ place: nav.dataset.place })}`);
    const fresh = html && parse(html)[0];
    if (fresh) showRelease(fresh.dataset.release);
    if (!fresh || fresh.dataset.place !== document.getElementById("nav").dataset.place) return;
    for (const part of [".places", ".views"]) document.getElementById("nav").querySelector(part).replaceWith(fresh.querySelector(part));
    window.htmx.process(document.getElementById("nav"));
  }

  async #ask(query) {
    const place = document.getElementById("list").dataset.place;
    // What was found stays as it was found.
    if (place === "search") return null;
    const html = await getOnce(`/desk/rows?${new URLSearchParams({ place, ...query })}`);
    return document.getElementById("list").dataset.place === place ? html : null;
  }

  #rows() {
    return [...document.querySelectorAll("#rows > .row[data-id]")];
  }
}
