// What the server is told without anybody pressing a key to send: how far we have come, and that somebody writes. Never a word of it.

import { post } from "./session.js";

const LOOK_AFTER = 300; // milliseconds: many entries at once are one report

export class Signals {
  #session;
  #timer;
  #told = new Map();

  constructor(session) {
    this.#session = session;
  }

  typing(conversation) {
    this.#post("/live/signal", { conversation, typing: true });
  }

  /** Reports the marks of a conversation, once for each time that they rise. */
  seen({ id, last: delivered, read }) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const marks = `${delivered} ${read}`;
      if (this.#told.get(id) === marks) return;
      this.#told.set(id, marks);
      this.#post("/live/seen", { conversation: id, delivered, read });
    }, LOOK_AFTER);
  }

  // Lost marks and signals are made good by the next ones.
  async #post(path, body) {
    await this.#session.live().then((token) => post(path, body, token)).catch(() => {});
  }
}
