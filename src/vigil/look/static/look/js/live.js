// The live client: follows the stream, resumes after the last entry it has, and polls where a proxy holds bytes back.
//
// Events (CustomEvent, `detail` is the data): state {state: connecting|live|polling|offline} · hello (after every connection: refresh
// what is not an entry) · entry · seen · typing · presence · row · bye {reason} · refused {status}.

import { LiveDoor, Refused } from "./live_door.js";
import { Sequence } from "./sequence.js";
import { backoff, pause } from "./waiting.js";

export { Refused };

const TIMES = { firstBytes: 5000, silence: 60000, pollWait: 20, probeStream: 300000, backoffLeast: 500, backoffMost: 30000 };

export class Live extends EventTarget {
  #door;
  #sequence;
  #times;
  #watch;
  #state = null;
  #tries = 0;
  #retry = 1000;
  #pollUntil = 0;
  #attempt = new AbortController();
  #page = null;

  /** `token(fresh)` resolves to a live token (new if `fresh`) or throws Refused; `watch` is the conversation to follow, `after` what is shown of it. */
  constructor({ token, watch = null, after = 0, base = "/live", times = {} }) {
    super();
    this.#times = { ...TIMES, ...times };
    this.#door = new LiveDoor(base, token, this.#times);
    const refetch = (conversation, last) => this.#door.entries(conversation, last, this.#attempt.signal);
    this.#sequence = new Sequence(refetch, (entry) => this.#tell("entry", entry));
    this.follow(watch, after);
  }

  start() {
    if (this.#page) return;
    this.#page = new AbortController();
    const { signal } = this.#page;
    addEventListener("online", () => this.#onNewNetwork(), { signal });
    addEventListener("offline", () => this.#attempt.abort("offline"), { signal });
    document.addEventListener("visibilitychange", () => this.#onSight(), { signal });
    this.#run(signal);
  }

  stop() {
    this.#page?.abort();
    this.#page = null;
    this.#attempt.abort("stopped");
  }

  /** Follows another conversation from now on; `after` is the last entry the page shows of it. */
  follow(watch, after = 0) {
    this.#watch = watch;
    if (watch) this.#sequence.shows(watch, after);
    this.#attempt.abort("follow");
  }

  #onNewNetwork() {
    this.#pollUntil = 0;
    this.#attempt.abort("wake");
  }

  #onSight() {
    // A hidden tab's timers sleep, and so may the connection: when somebody looks again, silence is not waited out.
    const asleep = this.#state === "offline" || this.#door.silentFor() > this.#times.silence / 2;
    if (document.visibilityState === "visible" && asleep) this.#attempt.abort("wake");
  }

  async #run(page) {
    this.#say("connecting");
    while (!page.aborted) {
      this.#attempt = new AbortController();
      const { signal } = this.#attempt;
      const where = { watch: this.#watch, after: this.#watch ? this.#sequence.last(this.#watch) : 0 };
      try {
        const wait = await (Date.now() < this.#pollUntil ? this.#poll(where, signal) : this.#stream(where, signal));
        await pause(wait, signal);
      } catch (error) {
        if (page.aborted) return;
        if (error instanceof Refused) return this.#giveUp(error.status);
        if (!signal.aborted || signal.reason === "offline") await this.#rest(error);
      }
    }
  }

  // Follows one stream to its end; resolves to how many milliseconds to wait before the next.
  async #stream(where, signal) {
    let bye = null;
    const end = await this.#door.stream(where, signal, (frame) => {
      if (frame.event === "bye") bye = frame.data.reason;
      // There is more than one page of what was missed: it goes on at once behind the last that came.
      if (frame.event === "gap" && this.#sequence.last(where.watch) > where.after) this.#attempt.abort("more");
      return this.#take(frame, "live");
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
    if (this.#state !== "polling") this.#take({ event: "hello", data: {} }, "polling");
    for (const frame of frames) await this.#take(frame, "polling");
    // A server that does not wait must not be asked a thousand times a second.
    return wait && !frames.length && performance.now() - began < 1000 ? 1000 : 0;
  }

  #take(frame, state) {
    this.#tries = 0;
    this.#say(state);
    if (frame.event === "retry") this.#retry = frame.data;
    else if (frame.event === "entry") return this.#sequence.take(frame.data, frame.data.conversation === this.#watch);
    else if (frame.event !== "gap") this.#tell(frame.event, frame.data);
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
    this.stop();
    this.#say("offline");
    this.#tell("refused", { status });
  }

  #say(state) {
    // Attempts after a failure stay "offline" until one succeeds, so that a page does not flicker.
    if (state === this.#state || (state === "connecting" && this.#state === "offline")) return;
    this.#state = state;
    this.#tell("state", { state });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
