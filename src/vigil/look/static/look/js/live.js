// The live client: follows the stream, resumes after the last entry it has, and falls back to polling where a proxy holds bytes back.
//
// Events (CustomEvent, `detail` is the data): state {state: connecting|live|polling|offline, error?} · hello (after every connection:
// refresh what is not an entry) · entry · seen · typing · presence · row · gap (reload the thread) · bye {reason} · refused {status}.

import { LiveDoor, Refused } from "./live_door.js";
import { Sequence } from "./sequence.js";
import { backoff, pause } from "./waiting.js";

const TIMES = { firstBytes: 5000, silence: 60000, pollWait: 20, probeStream: 300000, backoffLeast: 500, backoffMost: 30000 };

export class Live extends EventTarget {
  #door;
  #sequence;
  #times;
  #watch = null;
  #state = null;
  #tries = 0;
  #retry = null;
  #pollUntil = 0;
  #stopped = true;
  #attempt = new AbortController();
  #page = null;

  /** `token(fresh)` resolves to a live token, a new one when `fresh`; `watch` is the conversation to follow, `after` what is already shown. */
  constructor({ token, watch = null, after = 0, base = "/live", times = {} }) {
    super();
    this.#times = { ...TIMES, ...times };
    this.#door = new LiveDoor(base, token, this.#times);
    this.#sequence = new Sequence(
      (conversation, after) => this.#door.entries(conversation, after, this.#attempt.signal),
      (entry) => this.#tell("entry", entry),
    );
    this.#set(watch, after);
  }

  start() {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#page = new AbortController();
    const { signal } = this.#page;
    addEventListener("online", () => this.wake(), { signal });
    addEventListener("offline", () => this.#attempt.abort("offline"), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#lookAlive(), { signal });
    this.#run();
  }

  stop() {
    this.#stopped = true;
    this.#page?.abort();
    this.#attempt.abort("stopped");
  }

  /** Follows another conversation from now on; `after` is the last entry the page shows of it. */
  follow(watch, after = 0) {
    this.#set(watch, after);
    this.#attempt.abort("follow");
  }

  /** Tries again at once instead of waiting. */
  wake() {
    this.#pollUntil = 0;
    this.#attempt.abort("wake");
  }

  last(conversation) {
    return this.#sequence.last(conversation);
  }

  #set(watch, after) {
    this.#watch = watch;
    if (watch) this.#sequence.knows(watch, after);
  }

  #lookAlive() {
    // A hidden tab's timers sleep, and so may the connection: when somebody looks again, silence is not waited out.
    if (this.#state === "offline" || this.#door.silentFor() > this.#times.silence / 2) this.wake();
  }

  async #run() {
    this.#say("connecting");
    while (!this.#stopped) {
      this.#attempt = new AbortController();
      const { signal } = this.#attempt;
      const where = { watch: this.#watch, after: this.#watch ? this.last(this.#watch) : 0 };
      try {
        const wait = await (Date.now() < this.#pollUntil ? this.#poll(where, signal) : this.#stream(where, signal));
        if (wait) await pause(wait, signal);
      } catch (error) {
        if (this.#stopped) return;
        if (error instanceof Refused) return this.#giveUp(error);
        if (signal.aborted && signal.reason !== "offline") continue;
        await this.#rest(error);
      }
    }
  }

  // Returns how long to wait before the next connection, in milliseconds.
  async #stream(where, signal) {
    let bye = null;
    const heard = await this.#door.stream(where, signal, (frame) => {
      if (frame.event === "retry") this.#retry = frame.data;
      else if (frame.event === "bye") bye = frame.data;
      return this.#take(frame, "live");
    });
    if (heard === "buffered") {
      this.#pollUntil = Date.now() + this.#times.probeStream;
      return 0;
    }
    if (bye?.reason === "revoked") throw new Refused(401);
    if (bye?.reason === "expired") this.#door.forgetToken();
    this.#say("connecting");
    return bye?.reason === "expired" || bye?.reason === "slow" ? 0 : Math.random() * (this.#retry ?? 1000);
  }

  async #poll(where, signal) {
    const wait = this.#state === "polling" ? this.#times.pollWait : 0;
    const { frames } = await this.#door.poll(where, wait, signal);
    if (this.#state !== "polling") this.#take({ event: "hello", data: {} }, "polling");
    for (const frame of frames) await this.#take(frame, "polling");
    // A server that answers an empty poll at once must not be asked a thousand times a second.
    return frames.length || wait ? 50 : 0;
  }

  #take(frame, state) {
    this.#tries = 0;
    this.#say(state);
    if (frame.event === "retry") return null;
    if (frame.event === "entry") return this.#sequence.take(frame.data, frame.data.conversation === this.#watch);
    return this.#tell(frame.event, frame.data);
  }

  async #rest(error) {
    this.#tries += 1;
    this.#say("offline", error);
    this.#attempt = new AbortController();
    const { backoffLeast: least, backoffMost: most } = this.#times;
    await pause(Math.max(error.retryAfter ?? 0, backoff(this.#tries, { least, most })), this.#attempt.signal);
  }

  #giveUp(error) {
    this.stop();
    this.#say("offline", error);
    this.#tell("refused", { status: error.status });
  }

  #say(state, error) {
    // Attempts after a failure stay "offline" until one succeeds, so that a page does not flicker.
    if (state === this.#state || (state === "connecting" && this.#state === "offline")) return;
    this.#state = state;
    this.#tell("state", { state, error: error?.name });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
