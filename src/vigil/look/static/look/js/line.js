// One line to the server: follows the stream to its end, polls where a proxy holds bytes back, rests and comes back after failures.

import { Refused } from "./live_door.js";
import { backoff, pause } from "./waiting.js";

export class Line {
  #door;
  #times;
  #desk;
  #state = null;
  #tries = 0;
  #retry = 1000;
  #pollUntil = 0;
  #attempt = new AbortController();

  /** `desk` has where() → {watch, after, last()}, take(frame, signal), say(state) and refused(status). */
  constructor(door, times, desk) {
    this.#door = door;
    this.#times = times;
    this.#desk = desk;
  }

  get state() {
    return this.#state;
  }

  /** Ends what is under way; unless the reason is "offline" the next attempt begins at once. */
  cut(reason) {
    this.#attempt.abort(reason);
  }

  /** Another network: whatever held bytes back may be gone. */
  renew() {
    this.#pollUntil = 0;
    this.cut("wake");
  }

  /** A hidden tab's timers sleep, and so may the connection: when somebody looks again, silence is not waited out. */
  look() {
    if (this.#state === "offline" || this.#door.silentFor() > this.#times.silence / 2) this.cut("wake");
  }

  /** Stays connected until the signal says enough. */
  async run(enough) {
    enough.addEventListener("abort", () => this.cut("enough"), { once: true });
    this.#say("connecting");
    while (!enough.aborted) {
      this.#attempt = new AbortController();
      const { signal } = this.#attempt;
      const where = this.#desk.where();
      try {
        const wait = await (Date.now() < this.#pollUntil ? this.#poll(where, signal) : this.#stream(where, signal));
        await pause(wait, signal);
      } catch (error) {
        if (enough.aborted) break;
        if (error instanceof Refused) return this.#giveUp(error.status);
        if (!signal.aborted || signal.reason === "offline") await this.#rest(error);
      }
    }
    this.#state = null;
  }

  // Follows one stream to its end; resolves to how many milliseconds to wait before the next.
  async #stream(where, signal) {
    let bye = null;
    const end = await this.#door.stream(where, signal, (frame) => {
      if (frame.event === "bye") bye = frame.data.reason;
      // There is more than one page of what was missed: it goes on at once behind the last that came.
      if (frame.event === "gap" && where.last() > where.after) this.cut("more");
      return this.#take(frame, "live", signal);
    });
    if (end === "buffered") this.#pollUntil = Date.now() + this.#times.probeStream;
    if (end === "buffered") return 0;
    if (bye === "revoked") throw new Refused(401);
    if (bye === "expired") this.#door.forgetToken();
    else this.#say("connecting");
    return Math.random() * (bye === "expired" || bye === "slow" ? 200 : this.#retry);
  }

  // Asks once; resolves to how many milliseconds to wait before asking again.
  async #poll(where, signal) {
    const wait = this.#state === "polling" ? this.#times.pollWait : 0;
    const began = performance.now();
    const { frames } = await this.#door.poll(where, wait, signal);
    if (this.#state !== "polling") this.#take({ event: "hello", data: {} }, "polling", signal);
    for (const frame of frames) await this.#take(frame, "polling", signal);
    // A server that does not wait must not be asked a thousand times a second.
    return wait && !frames.length && performance.now() - began < 1000 ? 1000 : 0;
  }

  #take(frame, state, signal) {
    this.#tries = 0;
    this.#say(state);
    if (frame.event === "retry") this.#retry = frame.data;
    else if (frame.event !== "gap") return this.#desk.take(frame, signal);
    return null;
  }

  async #rest(error) {
    this.#tries += 1;
    this.#say("offline");
    this.#attempt = new AbortController();
    const { backoffLeast: least, backoffMost: most } = this.#times;
    await pause((error?.retryAfter ?? 0) + backoff(this.#tries, { least, most }), this.#attempt.signal);
  }

  #giveUp(status) {
    this.#say("offline");
    this.#desk.refused(status);
  }

  #say(state) {
    // Attempts after a failure stay "offline" until one succeeds, so that a page does not flicker.
    if (state === this.#state || (state === "connecting" && this.#state === "offline")) return;
    this.#state = state;
    this.#desk.say(state);
  }
}
