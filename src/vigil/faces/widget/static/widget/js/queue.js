// The strip above a conversation that waits: her place, until when there is an answer, and where it will reach her.

import { localTime } from "../../look/js/local_time.js";
import { say } from "../../look/js/words.js";
import { ask } from "./doors.js";

const EVERY = 20000; // milliseconds
const CAP = 1000; // the server counts no further

export class Queue {
  address = null;
  #session;
  #words;
  #view;
  #waits = null;
  #known = {};
  #timer;

  constructor(session) {
    this.#session = session;
    document.addEventListener("visibilitychange", () => this.#ask());
  }

  /** Draws from now on with these. */
  mount(view, words) {
    this.#view = view;
    this.#words = words;
    this.#draw();
  }

  /** Follows a conversation as long as it waits for somebody. */
  follow(conversation) {
    const id = conversation?.isQueued ? conversation.id : null;
    if (id === this.#waits) return;
    this.#waits = id;
    this.#known = {};
    this.#draw();
    this.#ask();
  }

  /** Remembers where answers are announced, or that it is nowhere. */
  tell(address) {
    this.address = address;
    this.#draw();
  }

  async #ask() {
    clearTimeout(this.#timer);
    const id = this.#waits;
    if (!id || document.visibilityState === "hidden") return;
    try {
      this.#known = await (await ask(this.#session, `conversations/${id}/place`)).json();
    } catch {
      // What was known last stays: a place that is not asked for is not lost.
    }
    if (id !== this.#waits) return;
    this.#draw();
    this.#timer = setTimeout(() => this.#ask(), EVERY);
  }

  #draw() {
    const { place, answer_by: by } = this.#known;
    const words = this.#words;
    const where = place > 1 && place < CAP ? say(words.place, { n: place }) : place === 1 ? words.next : words.queued;
    const stay = this.address ? say(words.stay_mail, { email: this.address.replace("…", "\u2060…\u2060") }) : words.stay;
    const until = Date.parse(by) > Date.now() ? say(words.answer_by, { time: localTime(by, isToday(by) ? "time" : "both") }) : "";
    this.#view.queue({ where, until, stay, isKnown: Boolean(this.address) });
  }
}

function isToday(iso) {
  return new Date(iso).toDateString() === new Date().toDateString();
}
