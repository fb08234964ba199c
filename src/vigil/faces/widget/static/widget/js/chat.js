// The flow of the chat: who we are, what is sent, what comes in, what has been looked at. Draws nothing.
//
// Events: changed (another conversation, or none) · entry · letter {key, letter} · letter-state {key, letter} · settled {key, entry} · folded {key} · marks ·
// typing {name or null} · line {isUp} · unread {count}.

import { Live } from "../../look/js/live.js";
import { backoff, pause } from "../../look/js/waiting.js";
import { Conversation } from "./conversation.js";
import { Letters } from "./letters.js";
import { Signals } from "./signals.js";

const PAGE = 400; // entries shown of a very long conversation

export class Chat extends EventTarget {
  current = null;
  #session;
  #letters;
  #live = null;
  #entered = new Map();
  #signals;

  constructor(session) {
    super();
    this.#session = session;
    this.#signals = new Signals(session);
    const tell = (type, detail) => this.#tell(type, detail);
    this.#letters = new Letters(session, tell, (begun) => this.#begun(begun));
    session.addEventListener("replaced", () => {
      // The tabs of another guest share another line.
      this.#live?.stop();
      this.#live = null;
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
    const open = this.#session.conversations.find((each) => each.status === "open");
    if (open && !this.current) this.enter(open.id);
    else if (!this.current) this.#tell("changed");
  }

  enter(id) {
    const before = this.#entered.get(id);
    this.current = new Conversation(this.#session.conversations.find((each) => each.id === id) ?? { id });
    // What is still on its way, or was refused, is kept while one looks elsewhere.
    if (before) this.current.letters = before.letters;
    this.#entered.set(id, this.current);
    this.#tell("changed");
    this.#follow(id, Math.max(0, this.current.last - PAGE));
  }

  home() {
    this.current = null;
    this.#tell("changed");
    if (this.#session.isKnown) this.#session.live(true).then(() => this.current ?? this.#tell("changed"), () => {});
  }

  /** Sends words, and `files` with them; a conversation begins with words, and files follow. */
  send(text, files = []) {
    const isNew = !this.current;
    if (isNew) {
      this.current = new Conversation();
      this.#tell("changed");
    }
    this.#letters.send(this.current, text, isNew ? [] : files);
    if (isNew && files.length) this.#letters.send(this.current, "", files);
  }

  again(key) {
    this.#letters.again(key);
  }

  drop(key) {
    this.#letters.drop(key);
    if (this.current && !this.current.id && !this.current.letters.size) this.home();
  }

  showTyping() {
    if (this.current?.id) this.#signals.typing(this.current.id);
  }

  /** Tells the server how far we have come: whether somebody looks at the conversation now, and at its newest words. */
  look(isShown, isSeen) {
    const { current } = this;
    if (!current?.id) return;
    if (isSeen) current.read = current.last;
    this.#tell("unread", { count: current.unread });
    this.#signals.seen(current, isShown && current.unread > 0);
  }

  #follow(id, after) {
    if (this.#live) return this.#live.follow(id, after);
    this.#live = new Live({ token: (fresh) => this.#session.live(fresh), watch: id, after, share: `chat-${this.#session.customer}` });
    const hear = (type, act) => this.#live.addEventListener(type, ({ detail }) => act.call(this, detail));
    hear("entry", this.#take);
    hear("seen", ({ conversation, by, ...marks }) => by === "agent" && this.#ours(conversation) && this.#raise(marks));
    hear("typing", ({ conversation, by, typing }) => by.kind === "agent" && this.#ours(conversation) && this.#tell("typing", { name: typing ? by.name : null }));
    hear("hello", () => this.#refreshMarks());
    hear("state", ({ state }) => state !== "connecting" && this.#tell("line", { isUp: state !== "offline" }));
    hear("bye", ({ reason }) => reason === "restart" && this.#tell("line", { isUp: false }));
    hear("refused", () => this.home((this.#live = null)));
    this.#live.start();
  }

  #begun(conversation) {
    this.#entered.set(conversation.id, conversation);
    if (conversation === this.current) this.#follow(conversation.id, 0);
  }

  #take(entry) {
    if (!this.#ours(entry.conversation)) return;
    this.current.take(entry);
    if (entry.kind === "reply") this.#tell("typing", { name: null });
    this.#tell("entry", entry);
  }

  async #refreshMarks() {
    const { current } = this;
    if (!current?.id) return;
    const marks = await this.#signals.marks(current.id, current.entries.length > 0).catch(() => null);
    if (marks && current === this.current) this.#raise(marks);
  }

  #raise(marks) {
    this.current.raise(marks);
    this.#tell("marks");
  }

  #ours(conversation) {
    return Boolean(conversation) && conversation === this.current?.id;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
