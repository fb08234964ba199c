// The customer's conversations as a whole: asked for anew when something may have happened in one that is not on the screen.

import { pause } from "../../look/js/waiting.js";
import { ask } from "./doors.js";

const SOON = 300; // milliseconds: many news at once are one question

export class Talks {
  #session;
  #onNews;
  #due = false;

  /** `onNews()` hears that they have been asked for anew. */
  constructor(session, onNews) {
    this.#session = session;
    this.#onNews = onNews;
  }

  find(id) {
    return this.#session.conversations.find((each) => each.id === id);
  }

  /** One that is open; undefined where none is. */
  get open() {
    return this.#session.conversations.find(({ status }) => status === "open");
  }

  /** Those with an answer that nobody has looked at, all but one. */
  unread(but) {
    return this.#session.conversations.filter(({ id, unread }) => unread && id !== but);
  }

  /** Asks anew within so many milliseconds. */
  async refresh(within = SOON) {
    if (this.#due) return;
    this.#due = true;
    await pause(Math.random() * within);
    this.#due = false;
    await this.#ask().then(this.#onNews, () => {});
  }

  // Somebody whom nobody knew may have begun one in another tab.
  async #ask() {
    const session = this.#session;
    const { customer } = session;
    if (!customer) return session.resume();
    const answer = await (await ask(session, "conversations")).json();
    if (customer !== session.customer) return;
    session.adopt(answer);
    const known = session.conversations;
    session.conversations = answer.conversations;
    // What was shown further back stays shown.
    session.conversations.push(...known.filter(({ id }) => !this.find(id)));
  }
}
