// The live strip: the agent's own chats, fetched again when one of them moved, with how long each customer has waited counted on here.

import { getOnce, parse } from "./fragments.js";

const SOON_MS = 250;
const TICK_MS = 1000;
const AGAIN_MS = 3000; // after an answer that could not be had
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const language = document.documentElement.lang || undefined;
const formats = new Map(UNITS.map(([unit]) => [unit, new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" })]));

export class Strip {
  #me;
  #timer = null;
  #asked = 0;
  #current = null;

  constructor(me) {
    this.#me = me;
  }

  start() {
    this.#fetch();
    setInterval(() => document.visibilityState === "visible" && this.#tick(), TICK_MS);
  }

  /** Asks again soon where an entry moved one of the chats, or may have made one of them ours. */
  take(entry) {
    // On a phone the thread covers the list, and its way back bears a dot.
    const isNews = entry.kind === "message" && entry.state?.assignee === this.#me && entry.conversation !== this.#current;
    if (isNews) document.body.dataset.news = "";
    if (entry.state?.assignee === this.#me || this.#links().some((each) => each.dataset.id === entry.conversation)) this.reload();
  }

  reload() {
    this.#timer ??= setTimeout(() => this.#fetch(), SOON_MS);
  }

  markCurrent(id) {
    if (id !== this.#current) delete document.body.dataset.news;
    this.#current = id;
    for (const link of this.#links()) {
      if (link.dataset.id === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** Opens the chat with this number, if there is one. */
  open(number) {
    document.querySelector(`#live [aria-keyshortcuts="Alt+${number}"]`)?.click();
  }

  async #fetch() {
    // Whatever moves from now on may be missing in this answer, and is asked for again.
    this.#timer = null;
    const asked = ++this.#asked;
    const html = await getOnce("/desk/strip");
    if (asked !== this.#asked) return;
    if (html === null) this.#timer ??= setTimeout(() => this.#fetch(), AGAIN_MS);
    const fresh = html && parse(html)[0];
    const old = document.getElementById("live");
    if (!fresh || !old) return;
    // Whoever stands on one of the chats goes on standing there.
    const focused = old.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    old.replaceWith(fresh);
    window.htmx.process(fresh);
    this.markCurrent(this.#current);
    this.#tick();
    if (focused) this.#links().find((each) => each.dataset.id === focused)?.focus({ preventScroll: true });
  }

  #tick() {
    for (const pill of document.querySelectorAll("#live [data-since]")) {
      const since = Date.parse(pill.dataset.since);
      const text = stretch((Date.now() - since) / 1000);
      if (pill.textContent !== text) pill.textContent = text;
      if (pill.dataset.due) colour(pill, since, Date.parse(pill.dataset.due));
    }
  }

  #links() {
    return [...document.querySelectorAll("#live a")];
  }
}

// As the server writes it: one unit, the largest that fits.
function stretch(seconds) {
  const [unit, size] = UNITS.find(([, each]) => seconds >= each) ?? UNITS.at(-1);
  return formats.get(unit).format(Math.max(0, Math.round(seconds / size)));
}

// What is late is red, what has used half of its time is yellow: the server's rule.
function colour(pill, since, due) {
  const now = Date.now();
  const tone = now >= due ? "bad" : now - since >= due - now ? "warn" : "";
  if (tone) pill.dataset.tone = tone;
  else delete pill.dataset.tone;
}
