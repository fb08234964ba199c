// Tells the other side how far we have come: received as soon as it is here, read when somebody looks at it; and asks how far it has.

import { getOnce } from "./fragments.js";
import { tell } from "./token.js";

const SOON_MS = 400;

export class Marks {
  #id;
  #last;
  #stick;
  #signal;
  #told = { delivered: 0, read: 0 };
  #timer = null;

  constructor(id, last, stick, signal) {
    this.#id = id;
    this.#last = last;
    this.#stick = stick;
    this.#signal = signal;
    document.addEventListener("visibilitychange", () => this.report(), { signal });
    addEventListener("focus", () => this.report(), { signal });
  }

  report() {
    this.#timer ??= setTimeout(() => this.#send(), SOON_MS);
  }

  async #send() {
    this.#timer = null;
    if (this.#signal.aborted) return;
    const delivered = this.#last();
    const read = document.visibilityState === "visible" && this.#stick.isAtBottom() ? delivered : this.#told.read;
    if (delivered <= this.#told.delivered && read <= this.#told.read) return;
    const before = this.#told;
    this.#told = { delivered, read };
    const isTold = await tell("seen", { conversation: this.#id, delivered, read }).catch(() => false);
    if (!isTold) this.#told = before;
  }
}

/** Asks how far the customer has come, as the stream would tell it, which tells it only once; null when there is no answer to be had now. */
export async function askMarks(conversation) {
  const marks = await getOnce(`/desk/conversations/${conversation}/marks`);
  return marks && JSON.parse(marks);
}
