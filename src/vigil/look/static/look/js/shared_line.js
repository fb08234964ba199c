// One line for all tabs of a browser: the tab that holds the lock has it, the others hear from that one. HTTP/1.1 allows six
// connections, and ten tabs with a stream each would leave none to send by.

const PATIENCE = 1000; // milliseconds in which a leading tab that is alive has answered

/** Says whether this browser lets tabs share: without locks or channels, or where it closes them to us, each has a line of its own. */
export function canShare() {
  try {
    // Firefox has channels, but not for a frame that may keep nothing on its host's page.
    new BroadcastChannel("").close();
    return Boolean(navigator.locks);
  } catch {
    return false;
  }
}

export class SharedLine {
  #name;
  #lead;
  #hear;
  #channel = null;
  #page = null;
  #turn = null;
  #heardAt = 0;
  #isLeading = false;

  /** `lead(signal)` keeps the line until the signal says enough; `hear(frame)` is told what the leading tab tells. */
  constructor(name, lead, hear) {
    this.#name = name;
    this.#lead = lead;
    this.#hear = hear;
  }

  get isLeading() {
    return this.#isLeading;
  }

  /** Joins the tabs of this name until the signal says enough. */
  start(page) {
    this.#page = page;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }) => this.#take(data);
    page.addEventListener("abort", () => this.#channel.close(), { once: true });
    this.#wait();
    this.check();
  }

  /** Tells the other tabs. */
  tell(frame) {
    if (this.#isLeading && !this.#page.aborted) this.#channel.postMessage(frame);
  }

  /** Asks how the line is; whoever is looked at takes it over from a tab that a phone has put to sleep. */
  async check() {
    if (this.#isLeading) return;
    const asked = performance.now();
    this.#channel.postMessage({ event: "ask" });
    await new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
    if (this.#isLeading || this.#page.aborted || this.#heardAt >= asked || document.visibilityState !== "visible") return;
    this.#turn.abort();
    this.#wait({ steal: true });
  }

  #take(frame) {
    this.#heardAt = performance.now();
    if (frame.event !== "ask") this.#hear(frame);
    else if (this.#isLeading) this.#hear(frame, (answer) => this.tell(answer));
  }

  // Waits for the lock and leads for as long as it is ours; whoever loses it queues again behind the others.
  async #wait({ steal = false } = {}) {
    const turn = new AbortController();
    this.#turn = turn;
    const over = new AbortController();
    const until = AbortSignal.any([this.#page, over.signal]);
    const options = steal ? { steal } : { signal: AbortSignal.any([this.#page, turn.signal]) };
    const lead = () => {
      this.#isLeading = true;
      return this.#lead(until);
    };
    await navigator.locks.request(this.#name, options, lead).catch((error) => {
      // A frame that may keep nothing on its host's page may not share locks either: it has a line of its own.
      if (error.name === "SecurityError") return lead();
      // It was taken from us, or we no longer wait for it.
      if (error.name !== "AbortError") throw error;
      return null;
    });
    if (this.#turn === turn) this.#isLeading = false;
    over.abort();
    if (!this.#page.aborted && !turn.signal.aborted) this.#wait();
  }
}
