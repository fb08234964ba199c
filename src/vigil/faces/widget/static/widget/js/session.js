// The session: a guest's resume token stays in this frame's own storage, all others in memory; the host page is told none of them.

import { Refused } from "../../look/js/live.js";
import { refusal, retryAfter } from "../../look/js/waiting.js";
import { post } from "./post.js";
import { Tokens, inTurn } from "./tokens.js";

export { post };

const SOON = 30000; // milliseconds before its end at which a live token is no longer worth using

/**
 * Events: replaced (another customer than before: what was shown is not theirs) · named (the exchange has said who it is, or is not heard).
 * `conversations` are the customer's own, newest first; `claimable` is how many the same browser had before its owner logged in.
 */
export class Session extends EventTarget {
  conversations = [];
  isVerified = false;
  name = null;
  claimable = 0;
  /** What she chose for the conversation that she begins; the server hears the rest in her words. */
  chosen = {};
  /** Resolves when the page around us has said who visits; before that nothing is asked. */
  ready = Promise.resolve();
  #site;
  #tokens;
  #live = null;
  #endsAt = 0;
  #customer = null;
  #arriving = null;
  #host = null;
  #who = { visitor: "", known: false };
  #mayBeKnown = false;

  constructor(site, language) {
    super();
    this.#site = site;
    this.language = language;
    this.#tokens = new Tokens(`vigil-token-${site}`);
  }

  /** Lets the page around us say who visits, who has logged in and who has left. */
  join(host) {
    this.#host = host;
    this.ready = host.who.then((who) => this.#meet(who));
    host.addEventListener("who", ({ detail }) => this.ready.then(() => detail !== this.#who && this.#rename(detail)));
    host.addEventListener("forget", ({ detail }) => this.#leave(detail.visitor));
  }

  /** Says whether this browser has been here before, as far as one can tell without asking. */
  get isKnown() {
    return Boolean(this.#live || this.#tokens.next) || this.#mayBeKnown;
  }

  /** The customer's own name among customers; null before the first answer. */
  get customer() {
    return this.#customer;
  }

  /** Goes on as who we were; resolves to false when there is nobody to go on as. */
  async resume() {
    await this.#arrive(false);
    return Boolean(this.#live);
  }

  /** Resolves to a live token, a new one if `fresh`; a browser that nobody knows becomes a new guest. */
  async live(fresh = false) {
    await this.ready;
    if (fresh || !this.#live || Date.now() > this.#endsAt - SOON) await this.#arrive(true);
    // What was under way may only have looked whether anybody is known.
    if (!this.#live) await this.#arrive(true);
    return this.#live;
  }

  /** Takes over the live token that came with another answer. */
  adopt({ live, expires_at: endsAt }) {
    this.#live = live;
    this.#endsAt = Date.parse(endsAt);
  }

  #meet(who) {
    this.#who = who;
    this.#mayBeKnown = who.known || Boolean(who.visitor);
  }

  async #rename(who) {
    await this.#arriving?.catch(() => {});
    this.#meet(who);
    this.#tokens.unname();
    await this.#arrive(false).catch(() => {});
  }

  // Whoever logs out leaves nothing behind for the next one at this computer; the page starts afresh.
  async #leave(visitor) {
    const body = { site: this.#site, token: this.#tokens.next ?? "", ...(visitor && { visitor }) };
    this.#tokens.unname();
    this.#tokens.drop();
    await post("/widget/api/leave", body, null, this.language).catch(() => {});
    location.reload();
  }

  #arrive(mayBeNew) {
    this.#arriving ??= inTurn(() => this.#ask(mayBeNew)).finally(() => { this.#arriving = null; });
    return this.#arriving;
  }

  async #ask(mayBeNew) {
    const { visitor, known } = this.#who;
    const token = this.#tokens.next;
    if (!token && !visitor && !known && !mayBeNew) return;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    const who = { ...(token && { token }), ...(visitor && { visitor }), ...(!mayBeNew && !known && { known: true }) };
    const response = await post("/widget/api/session", { site: this.#site, language: this.language, zone, ...who }, null, this.language);
    if (response.status === 401 && token && (await refusal(response)).error) {
      this.#tokens.drop();
      this.#live = null;
      return this.#ask(mayBeNew);
    }
    if ([400, 404].includes(response.status) && (await refusal(response)).error) throw new Refused(response.status);
    if (!response.ok) throw Object.assign(new Error(`answered ${response.status}`), { retryAfter: retryAfter(response) });
    this.#mayBeKnown = false;
    if (response.status === 204) return;
    const answer = await response.json();
    this.#tokens.keep(answer, Boolean(visitor));
    this.#take((known && !answer.verified && (await this.#named(answer.live))) || answer);
  }

  // Asks the page for the exchange's word and shows it; resolves to the answer, or to null: then a guest goes on as one.
  async #named(live) {
    const token = await this.#host.word();
    const response = token && (await post("/widget/api/identify", { token }, live, this.language));
    const answer = response ? await response.json().catch(() => ({})) : { error: "identity_missing" };
    const isNamed = Boolean(response?.ok);
    if (isNamed) this.#tokens.keep(answer, true);
    this.#host.tell("named", { verified: isNamed, error: isNamed ? "" : String(answer.error ?? "") });
    return isNamed ? answer : null;
  }

  #take(answer) {
    const { conversations, claimable, name } = answer;
    this.adopt(answer);
    Object.assign(this, { conversations, claimable, name });
    const isAnother = this.#customer && this.#customer !== answer.customer;
    const isNews = this.isVerified !== answer.verified;
    this.#customer = answer.customer;
    this.isVerified = answer.verified;
    if (isAnother) this.dispatchEvent(new Event("replaced"));
    if (isNews) this.dispatchEvent(new Event("named"));
  }
}
