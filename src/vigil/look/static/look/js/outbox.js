// The outbox: what is sent appears at once, goes out in order, once, and is kept in memory until the server has it.
//
// Events (CustomEvent): echo {key, lane, body} · sent {key, lane, answer} · waiting {key, lane} (will be tried again by itself) ·
// refused {key, lane, body, status, code, message} (what the server says; nothing more happens unless `again(key)` is called).

import { backoff, pause, refusal, retryAfter } from "./waiting.js";

const TIMES = { answer: 15000, backoffLeast: 500, backoffMost: 30000 };

export class Outbox extends EventTarget {
  #url;
  #askToken;
  #asking;
  #token = null;
  #times;
  #lanes = new Map();
  #refused = new Map();
  #sleep = new AbortController();
  #page = new AbortController();

  /** `token(fresh)` gives a live token; `asking(send)` calls `send(headers)`, with more headers than none where the server wants to see some first. */
  constructor({ token, url = "/live/send", times = {}, asking = (send) => send({}) }) {
    super();
    this.#asking = asking;
    this.#url = url;
    this.#askToken = token;
    this.#times = { ...TIMES, ...times };
    addEventListener("online", () => this.wake(), { signal: this.#page.signal });
  }

  /** Sends `body` with a key of its own; letters of one lane (a conversation) keep their order. Returns the key. */
  send(lane, body, { url = this.#url, key = crypto.randomUUID() } = {}) {
    const letter = { lane, url, key, body: { ...body, key } };
    this.#tell("echo", letter);
    this.#queue(letter);
    return key;
  }

  /** Sends a refused letter again, with the same key, and with what is `more` to be said now. */
  again(key, more) {
    const letter = this.#refused.get(key);
    if (!letter) return;
    this.#refused.delete(key);
    this.#queue({ ...letter, body: { ...letter.body, ...more } });
  }

  /** Forgets a refused letter. */
  drop(key) {
    this.#refused.delete(key);
  }

  /** The letters that are not with the server yet. */
  get unsent() {
    return [...this.#lanes.values()].flat();
  }

  /** Asks for a token anew before the next letter: the writer is somebody else now. */
  forgetToken() {
    this.#token = null;
  }

  /** Tries again at once instead of waiting. */
  wake() {
    this.#sleep.abort();
    this.#sleep = new AbortController();
  }

  /** Stops for good, with the page. */
  close() {
    this.#page.abort();
    this.wake();
  }

  #queue(letter) {
    const queue = this.#lanes.get(letter.lane);
    if (queue) return void queue.push(letter);
    this.#lanes.set(letter.lane, [letter]);
    this.#work(letter.lane);
  }

  async #work(lane) {
    const queue = this.#lanes.get(lane);
    let tries = 0;
    while (queue.length && !this.#page.signal.aborted) {
      const outcome = await this.#try(queue[0]);
      if (outcome.wait === undefined) {
        tries = 0;
        this.#finish(queue.shift(), outcome);
        continue;
      }
      tries += 1;
      // Those behind it wait as well, and their writers want to know.
      queue.forEach((letter) => this.#tell("waiting", letter));
      const { backoffLeast: least, backoffMost: most } = this.#times;
      await pause(outcome.wait + backoff(tries, { least, most }), this.#sleep.signal);
    }
    this.#lanes.delete(lane);
  }

  #finish(letter, { answer, refusal }) {
    if (!refusal) return this.#tell("sent", { ...letter, answer });
    this.#refused.set(letter.key, letter);
    return this.#tell("refused", { ...letter, ...refusal });
  }

  // Resolves to {answer}, {refusal} or {wait: milliseconds}; the same key makes every repetition harmless.
  async #try(letter) {
    try {
      let response = await this.#post(letter, false);
      if (response.status === 401) response = await this.#post(letter, true);
      const { status } = response;
      if (response.ok) return { answer: await response.json() };
      const { error: code, ...said } = await refusal(response);
      // What has failed for good would do so again, and hold up all behind it; any other fault of the server's may pass.
      if (!code || [401, 408, 429].includes(status) || (status >= 500 && code !== "failed")) return { wait: retryAfter(response) ?? 0 };
      return { refusal: { ...said, status, code } };
    } catch {
      return { wait: 0 }; // no answer: whether it arrived is unknown, and the same key finds out
    }
  }

  async #post(letter, fresh) {
    if (fresh || !this.#token) this.#token = await this.#askToken(fresh);
    const headers = { "Content-Type": "application/json", Accept: "application/json", Authorization: `Bearer ${this.#token}` };
    return this.#asking((more) => fetch(letter.url, {
      method: "POST",
      headers: { ...headers, ...more },
      body: JSON.stringify(letter.body),
      signal: AbortSignal.any([this.#page.signal, AbortSignal.timeout(this.#times.answer)]),
      credentials: "omit",
      redirect: "error",
    }));
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
