// The strip above the thread that says since when nothing has been heard.

import { clockTime } from "./times.js";

const PATIENCE_MS = 1500; // a blink of the network is not worth a word

export class Connection {
  #state = "connecting";
  #heardAt = new Date();
  #timer = null;

  heard() {
    this.#heardAt = new Date();
  }

  take(state) {
    const wasUp = this.#isUp;
    this.#state = state;
    if (wasUp && !this.#isUp) this.heard();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.show(), this.#isUp ? 0 : PATIENCE_MS);
  }

  show() {
    const strip = document.getElementById("connection");
    if (!strip) return;
    strip.hidden = this.#isUp || (this.#state === "connecting" && strip.hidden && Date.now() - this.#heardAt < PATIENCE_MS);
    strip.querySelector('[data-slot="until"]').textContent = clockTime(this.#heardAt, true);
  }

  get #isUp() {
    return this.#state === "live" || this.#state === "polling";
  }
}
