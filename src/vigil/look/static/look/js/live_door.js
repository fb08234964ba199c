// The three requests of the live client, each with the token, a fresh one after a 401, and an end to waiting.

import { readFrames } from "./event_stream.js";
import { refusal, retryAfter } from "./waiting.js";

/** The server will not have us, and asking again changes nothing. */
export class Refused extends Error {
  constructor(status) {
    super(`refused with ${status}`);
    this.name = "Refused";
    this.status = status;
  }
}

// Whoever gives the token may never hear from the server again, and that must not hold up what happens when the network is back.
function unlessAborted(work, signal) {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

export class LiveDoor {
  #base;
  #askToken;
  #token = null;
  #times;
  #heardAt = performance.now();

  constructor(base, askToken, times) {
    this.#base = base;
    this.#askToken = askToken;
    this.#times = times;
  }

  forgetToken() {
    this.#token = null;
  }

  silentFor() {
    return performance.now() - this.#heardAt;
  }

  /** Follows the stream to its end; resolves to "ended", or to "buffered" when nothing at all came through in time. */
  async stream({ watch, after }, signal, onFrame) {
    const guard = new AbortController();
    const stop = () => guard.abort(signal.reason);
    signal.addEventListener("abort", stop);
    let timer = null;
    const within = (ms, why) => {
      clearTimeout(timer);
      timer = setTimeout(() => guard.abort(why), ms);
    };
    try {
      const response = await this.#ask("stream", { after, watch }, "text/event-stream", guard.signal, () => within(this.#times.firstBytes, "buffered"));
      await readFrames(response.body, onFrame, () => {
        this.#heardAt = performance.now();
        within(this.#times.silence, "silence");
      });
      return "ended";
    } catch (error) {
      if (guard.signal.reason === "buffered" && !signal.aborted) return "buffered";
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      guard.abort("over");
    }
  }

  /** Waits up to `wait` seconds for news; resolves to {frames, after}. */
  async poll({ watch, after }, wait, signal) {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(wait * 1000 + 10000)]);
    const response = await this.#ask("poll", { after, watch, wait }, "application/json", limit);
    this.#heardAt = performance.now();
    return response.json();
  }

  /** Every entry of a conversation after a number, as far as they are for us, however many pages that takes. */
  async entries(conversation, after, signal) {
    const found = [];
    for (;;) {
      const { frames } = await this.poll({ watch: conversation, after: found.at(-1)?.seq ?? after }, 0, signal);
      const page = frames.filter((frame) => frame.event === "entry" && frame.data.conversation === conversation);
      found.push(...page.map((frame) => frame.data));
      if (!page.length || !frames.some((frame) => frame.event === "gap")) return found;
    }
  }

  async #ask(path, query, accept, signal, beforeFetch = () => {}) {
    const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null));
    for (let round = 0; ; round += 1) {
      const fresh = round > 0;
      if (fresh || !this.#token) this.#token = await unlessAborted(this.#askToken(fresh), signal);
      signal.throwIfAborted();
      beforeFetch();
      const headers = { Accept: accept, Authorization: `Bearer ${this.#token}` };
      const response = await fetch(`${this.#base}/${path}?${search}`, { headers, signal, cache: "no-store", credentials: "omit", redirect: "error" });
      if (response.status === 401 && !fresh) continue;
      if (response.ok && response.headers.get("Content-Type")?.startsWith(accept)) return response;
      if ([400, 403, 404].includes(response.status) && (await refusal(response)).error) throw new Refused(response.status);
      throw Object.assign(new Error(`answered ${response.status}`), { retryAfter: retryAfter(response) });
    }
  }
}
