// The live client: everything that happens, in order and once, from a line of this tab or from the one that the browser's tabs share.
//
// Events (CustomEvent, `detail` is the data): state {state: connecting|live|polling|offline} · hello (after every connection: refresh
// what is not an entry) · entry · seen · typing · presence · row · bye {reason} · refused {status}.

import { Line } from "./line.js";
import { LiveDoor, Refused } from "./live_door.js";
import { Sequence } from "./sequence.js";
import { canShare, SharedLine } from "./shared_line.js";

export { Refused };

const TIMES = { firstBytes: 5000, silence: 60000, pollWait: 20, probeStream: 300000, backoffLeast: 500, backoffMost: 30000 };

export class Live extends EventTarget {
  #door;
  #sequence;
  #line;
  #shared = null;
  #watch = null;
  #page = null;
  #catching = new AbortController();
  #asking = this.#catching.signal;

  // Tabs with the same `share` use one line; it names exactly one bearer, for each tab hears all that the line brings.
  /** `token(fresh)` resolves to a live token (new if `fresh`) or throws Refused; `watch` is the conversation to follow, `after` what is shown of it. */
  constructor({ token, watch = null, after = 0, base = "/live", times = {}, share = null }) {
    super();
    const all = { ...TIMES, ...times };
    this.#door = new LiveDoor(base, token, all);
    this.#sequence = new Sequence((conversation, last) => this.#door.entries(conversation, last, this.#asking), (entry) => this.#tell("entry", entry));
    this.#line = new Line(this.#door, all, {
      where: () => this.#where(),
      take: (frame, signal) => this.#take(frame, signal),
      say: (state) => this.#take({ event: "state", data: { state } }),
      refused: (status) => this.#giveUp(status),
    });
    if (share && canShare()) this.#shared = new SharedLine(`vigil-live-${share}`, (enough) => this.#line.run(enough), (frame, answer) => this.#overhear(frame, answer));
    this.follow(watch, after);
  }

  start() {
    if (this.#page) return;
    this.#page = new AbortController();
    const { signal } = this.#page;
    addEventListener("online", () => this.#line.renew(), { signal });
    addEventListener("offline", () => this.#line.cut("offline"), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#look(), { signal });
    if (this.#shared) this.#shared.start(signal);
    else this.#line.run(signal);
  }

  stop() {
    this.#page?.abort();
    this.#page = null;
    this.#catching.abort("stopped");
  }

  /** Follows another conversation from now on; `after` is the last entry the page shows of it. */
  follow(watch, after = 0) {
    this.#watch = watch;
    if (watch) this.#sequence.shows(watch, after);
    if (this.#isOverhearing) this.#catchUp();
    else this.#line.cut("follow");
  }

  get #isOverhearing() {
    return Boolean(this.#page && this.#shared && !this.#shared.isLeading);
  }

  #where() {
    const watch = this.#watch;
    const last = () => (watch ? this.#sequence.last(watch) : 0);
    return { watch, after: last(), last };
  }

  #look() {
    if (this.#isOverhearing) this.#shared.check();
    else this.#line.look();
  }

  // What our own line brings; the other tabs hear of it, and judge by themselves what they need.
  #take(frame, signal) {
    this.#asking = signal ?? this.#asking;
    this.#shared?.tell(frame);
    if (frame.event === "entry") return this.#sequence.take(frame.data, frame.data.conversation === this.#watch);
    this.#tell(frame.event, frame.data);
    return null;
  }

  // What the leading tab's line brings. It resumes only the conversation that it shows itself, so after each connection we look at ours.
  async #overhear(frame, answer) {
    if (frame.event === "ask") {
      this.#line.look();
      return answer({ event: "here", data: { state: this.#line.state } });
    }
    if (frame.event === "here" || frame.event === "state") return this.#hearState(frame.data.state, frame.event === "here");
    if (frame.event === "hello") return this.#catchUp();
    if (frame.event !== "entry") return this.#tell(frame.event, frame.data);
    this.#asking = this.#catching.signal;
    // A hole that cannot be filled now stays one: the next entry or connection asks again.
    return this.#sequence.take(frame.data, frame.data.conversation === this.#watch).catch((error) => this.#onFailure(error));
  }

  #hearState(state, isFirst) {
    if (!state) return;
    this.#tell("state", { state });
    if (isFirst && (state === "live" || state === "polling")) this.#catchUp();
  }

  async #catchUp() {
    this.#catching.abort("again");
    this.#catching = new AbortController();
    const { signal } = this.#catching;
    const { watch, after } = this.#where();
    try {
      const missed = watch ? await this.#door.entries(watch, after, signal) : [];
      for (const entry of missed) await this.#sequence.take(entry, false);
      this.#tell("hello", {});
    } catch (error) {
      if (!signal.aborted) this.#onFailure(error);
    }
  }

  #onFailure(error) {
    if (!(error instanceof Refused)) return;
    this.#tell("state", { state: "offline" });
    this.#giveUp(error.status);
  }

  #giveUp(status) {
    this.stop();
    this.#tell("refused", { status });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
