// The guest's session: the resume token stays in this frame's own storage, the live token in memory; nobody else is told either.

import { Refused } from "../../look/js/live.js";
import { retryAfter } from "../../look/js/waiting.js";

const PATIENCE = 15000; // milliseconds, after which an answer does not come any more
const SOON = 30000; // milliseconds before its end at which a live token is no longer worth using

/** Events: replaced (another guest than before: what was shown is not theirs). `conversations` are the guest's own, newest first. */
export class Session extends EventTarget {
  conversations = [];
  #site;
  #kept;
  #live = null;
  #endsAt = 0;
  #customer = null;
  #arriving = null;

  constructor(site, language) {
    super();
    this.#site = site;
    this.language = language;
    this.#kept = new Kept(`vigil-token-${site}`);
  }

  /** Says whether this browser has been here before. */
  get isKnown() {
    return Boolean(this.#kept.read());
  }

  /** Goes on as who we were; resolves to false when there is nobody to go on as. */
  async resume() {
    if (this.isKnown) await this.#arrive(false);
    return Boolean(this.#live);
  }

  /** Resolves to a live token, a new one if `fresh`; a browser that nobody knows becomes a new guest. */
  async live(fresh = false) {
    if (fresh || !this.#live || Date.now() > this.#endsAt - SOON) await this.#arrive(true);
    return this.#live;
  }

  /** Takes over the live token that came with another answer. */
  adopt({ live, expires_at: endsAt }) {
    this.#live = live;
    this.#endsAt = Date.parse(endsAt);
  }

  #arrive(mayBeNew) {
    this.#arriving ??= this.#inTurn(() => this.#ask(mayBeNew)).finally(() => { this.#arriving = null; });
    return this.#arriving;
  }

  // Tabs go one after the other, each with the newest token: an older one shown late would look like a stolen one.
  #inTurn(ask) {
    return navigator.locks ? navigator.locks.request("vigil-session", ask) : ask();
  }

  async #ask(mayBeNew) {
    const token = this.#kept.read();
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    const body = { site: this.#site, language: this.language, zone, ...(token && { token }) };
    if (!token && !mayBeNew) return;
    const response = await post("/widget/api/session", body, null, this.language);
    if (response.status === 401 && token) {
      this.#kept.write(null);
      this.#live = null;
      return mayBeNew ? this.#ask(true) : undefined;
    }
    if ([400, 404].includes(response.status)) throw new Refused(response.status);
    if (!response.ok) throw Object.assign(new Error(`answered ${response.status}`), { retryAfter: retryAfter(response) });
    this.#take(await response.json());
  }

  #take(answer) {
    this.#kept.write(answer.token);
    this.adopt(answer);
    this.conversations = answer.conversations;
    const isAnother = this.#customer && this.#customer !== answer.customer;
    this.#customer = answer.customer;
    if (isAnother) this.dispatchEvent(new Event("replaced"));
  }
}

/** Posts JSON without cookies; refusals come back in `language`. */
export function post(path, body, token, language) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
  return fetch(language ? `${path}?lang=${language}` : path, { method: "POST", headers, body: JSON.stringify(body), credentials: "omit", signal: AbortSignal.timeout(PATIENCE) });
}

// Storage that is closed to us (a private window, a strict browser) means one session a page, and nothing worse.
class Kept {
  #name;
  #memory = null;

  constructor(name) {
    this.#name = name;
  }

  read() {
    try {
      return localStorage.getItem(this.#name) ?? this.#memory;
    } catch {
      return this.#memory;
    }
  }

  write(value) {
    this.#memory = value;
    try {
      if (value) localStorage.setItem(this.#name, value);
      else localStorage.removeItem(this.#name);
    } catch {
      // Memory has it.
    }
  }
}
