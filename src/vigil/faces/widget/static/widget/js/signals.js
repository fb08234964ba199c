// What both sides tell one another besides words: how far each has come, and that somebody writes. Never a word of it.

import { pause, retryAfter } from "../../look/js/waiting.js";
import { post } from "./session.js";

const LOOK_AFTER = 300; // milliseconds: many entries at once are one report
/** Milliseconds over which those who come back at once spread what they ask. */
export const SPREAD = 3000;

export class Signals {
  #session;
  #timers = new Map();
  #told = new Map();

  constructor(session) {
    this.#session = session;
  }

  typing(conversation) {
    this.#post("/live/signal", { conversation, typing: true });
  }

  /** Reports the marks of a conversation, once for each time that they rise, and whether somebody sees that there is more than they read. */
  seen({ id, last: delivered, read }, isMore) {
    clearTimeout(this.#timers.get(id));
    this.#timers.set(id, setTimeout(() => {
      const marks = `${delivered} ${read} ${isMore}`;
      if (this.#told.get(id) === marks) return;
      this.#told.set(id, marks);
      this.#report({ conversation: id, delivered, read });
      if (isMore) this.#post(`/widget/api/conversations/${id}/shown`, { seq: delivered });
    }, LOOK_AFTER));
  }

  // After the last word of a talk nothing makes good what a busy house has not taken: it is told once more.
  async #report(marks) {
    const response = await this.#post("/live/seen", marks);
    if (response?.status !== 503) return;
    await pause(retryAfter(response) + Math.random() * SPREAD);
    this.#post("/live/seen", marks);
  }

  // What is lost otherwise is made good by the next ones.
  async #post(path, body) {
    return this.#session.live().then((token) => post(path, body, token)).catch(() => {});
  }
}
