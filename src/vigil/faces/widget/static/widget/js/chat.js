// The flow of the chat: who we are, what is sent, what comes in, what has been looked at. Draws nothing.
//
// Events: changed (another conversation, or none) · entry · letter {key, letter} · letter-state {key, letter} · settled {key, entry} · folded {key} ·
// marks · typing {name or null} · line {isUp} · unread {here, count} · rows (the list is another) · elsewhere {entry of one that is not on the
// screen} · late (an end waits for the connection) · unended {refusal}.

import { backoff, pause } from "../../look/js/waiting.js";
import { Conversation } from "./conversation.js";
import { Following } from "./following.js";
import { Letters } from "./letters.js";
import { Signals } from "./signals.js";
import { Talks } from "./talks.js";

const PAGE = 400; // entries shown of a very long conversation

export class Chat extends EventTarget {
  current = null;
  /** Whether she wants to ask something new; else her words go on in what is open. */
  isAnew = false;
  #session;
  #letters;
  #following;
  #entered = new Map();
  #signals;
  #talks;
  #tell;

  constructor(session) {
    super();
    this.#session = session;
    this.#signals = new Signals(session);
    const tell = (type, detail) => this.dispatchEvent(new CustomEvent(type, { detail }));
    this.#tell = tell;
    this.#talks = new Talks(session, () => this.#listed());
    this.#following = new Following(session, this.#talks, this, tell);
    this.#letters = new Letters(session, tell, (begun) => this.#begun(begun));
    session.addEventListener("replaced", () => {
      // The tabs of another guest share another line.
      this.#following.stop();
      this.home();
    });
  }

  /** Goes on where this browser was, however long it takes to reach the server. */
  async begin() {
    for (let tries = 1; this.#session.isKnown; tries += 1) {
      try {
        await this.#session.resume();
        break;
      } catch (error) {
        this.#tell("line", { isUp: false });
        await pause((error.retryAfter ?? 0) + backoff(tries));
      }
    }
    this.#tell("line", { isUp: true });
    if (!this.current && !this.turn()) this.home();
  }

  /** Opens what she will look for first: an answer that she has not seen, else, from the first screen, what is open. Says whether there was any. */
  turn() {
    const { current } = this;
    const [news] = current?.unread ? [] : this.#talks.unread(current?.id);
    const first = news ?? (current || this.isAnew ? null : this.#talks.open);
    if (first) this.enter(first.id);
    return Boolean(first);
  }

  wake() {
    this.#talks.refresh();
  }

  enter(id) {
    const before = this.#entered.get(id);
    this.isAnew = false;
    this.current = new Conversation(this.#talks.find(id) ?? { id }, PAGE);
    // What is on its way, or was refused, is kept while one looks elsewhere, as is that it was over: the list may be from before.
    if (before) Object.assign(this.current, { letters: before.letters, wasClosed: this.current.wasClosed || before.status === "closed" });
    this.#entered.set(id, this.current);
    this.#tell("changed");
    this.#following.follow(id, this.current.from);
  }

  /** Goes to the first screen; `isAnew` where she has chosen it. */
  home(isAnew = false) {
    this.current = null;
    this.isAnew = isAnew;
    this.#tell("changed");
    if (!this.#session.customer) return;
    this.#following.follow(null, 0);
    this.wake();
  }

  /** Sends words, and `files` with them; a conversation begins with words, and files follow. */
  send(text, files = []) {
    const open = !this.current && !this.isAnew && this.#talks.open;
    if (open) this.enter(open.id);
    const isNew = !this.current;
    if (isNew) {
      this.current = new Conversation();
      this.#tell("changed");
    }
    this.#letters.send(this.current, text, isNew ? [] : files);
    if (isNew && files.length) this.#letters.send(this.current, "", files);
  }

  again(key, meant) {
    this.#letters.again(key, meant);
  }

  drop(key) {
    this.#letters.drop(key);
    if (this.current && !this.current.id && !this.current.letters.size) this.home();
  }

  /** Ends the conversation on the screen. */
  end() {
    this.#letters.end(this.current);
  }

  showTyping() {
    // The token knows the newest conversations alone.
    if (this.current?.id && !this.current.isEarlier) this.#signals.typing(this.current.id);
  }

  /** Tells the server how far we have come: whether somebody looks at the conversation now, and at its newest words. */
  look(isShown, isSeen) {
    const { current } = this;
    if (isSeen && current?.entries.length) current.see();
    const here = current?.unread ?? 0;
    this.#tell("unread", { here, count: this.#talks.unread(current?.id).reduce((sum, { unread }) => sum + unread, here) });
    if (current?.id) this.#signals.seen(current, isShown && here > 0);
  }

  #begun(conversation) {
    this.#entered.set(conversation.id, conversation);
    if (conversation === this.current) this.#following.follow(conversation.id, 0);
  }

  #listed() {
    const { current } = this;
    for (const [id, each] of this.#entered) {
      const row = this.#talks.find(id);
      if (row) each.heed(row);
      if (row && each === current) this.#following.raise(row.team);
    }
    if (!current && !this.#following.isOn && this.#session.customer) this.#following.follow(null, 0);
    this.#tell("rows");
  }
}
