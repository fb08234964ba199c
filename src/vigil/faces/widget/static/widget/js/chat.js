// The flow of the chat: who we are, what is sent, what comes in, what has been looked at. Draws nothing.
//
// Events: changed (another conversation, or none) · entry · letter {key, text} · letter-state {key, letter} · settled {key, entry} · marks ·
// typing {name or null} · line {isUp} · unread {count}.

import { Live } from "../../look/js/live.js";
import { Outbox } from "../../look/js/outbox.js";
import { backoff, pause } from "../../look/js/waiting.js";
import { Conversation } from "./conversation.js";
import { Signals } from "./signals.js";

const PAGE = 400; // entries shown of a very long conversation

export class Chat extends EventTarget {
  current = null;
  #session;
  #outbox;
  #live = null;
  #signals;

  constructor(session) {
    super();
    this.#session = session;
    this.#signals = new Signals(session);
    this.#outbox = new Outbox({ token: (fresh) => session.live(fresh) });
    const hear = (type, act) => this.#outbox.addEventListener(type, ({ detail }) => act.call(this, detail));
    hear("echo", ({ key, body }) => this.#letter(key, body.text));
    hear("waiting", ({ key }) => this.#fares(key, { state: "waiting" }));
    hear("refused", ({ key, message }) => this.#fares(key, { state: "refused", why: message ?? "" }));
    hear("sent", this.#settle);
    session.addEventListener("replaced", () => this.home());
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
    this.current = new Conversation(this.#session.conversations.find((each) => each.id === id) ?? { id });
    this.#tell("changed");
    this.#follow(id, Math.max(0, this.current.last - PAGE));
  }

  home() {
    this.current = null;
    this.#tell("changed");
    if (this.#session.isKnown) this.#session.live(true).then(() => this.current ?? this.#tell("changed"), () => {});
  }

  /** Sends words; says false while the conversation is still being begun, so that they stay where they were written. */
  send(text) {
    if (!this.current) {
      this.current = new Conversation();
      this.#tell("changed");
      const { language } = this.#session;
      return Boolean(this.#outbox.send("new", { text, language }, { url: `/widget/api/conversations?lang=${language}` }));
    }
    return Boolean(this.current.id && this.#outbox.send(this.current.id, { conversation: this.current.id, text }));
  }

  again(key) {
    this.#fares(key, { state: "sending" });
    this.#outbox.again(key);
  }

  drop(key) {
    this.#outbox.drop(key);
    this.current?.letters.delete(key);
    if (this.current && !this.current.id && !this.current.letters.size) this.home();
  }

  showTyping() {
    if (this.current?.id) this.#signals.typing(this.current.id);
  }

  /** Tells the server how far we have come; `isSeen` says whether somebody looks at the words now. */
  look(isSeen) {
    const { current } = this;
    if (!current?.id) return;
    if (isSeen) current.read = current.last;
    this.#tell("unread", { count: current.unread });
    this.#signals.seen(current);
  }

  #follow(id, after) {
    if (this.#live) return this.#live.follow(id, after);
    this.#live = new Live({ token: (fresh) => this.#session.live(fresh), watch: id, after });
    const hear = (type, act) => this.#live.addEventListener(type, ({ detail }) => act.call(this, detail));
    hear("entry", this.#take);
    hear("seen", ({ conversation, by, ...marks }) => by === "agent" && this.#ours(conversation) && (this.current.raise(marks), this.#tell("marks")));
    hear("typing", ({ conversation, by, typing }) => by.kind === "agent" && this.#ours(conversation) && this.#tell("typing", { name: typing ? by.name : null }));
    hear("state", ({ state }) => state !== "connecting" && this.#tell("line", { isUp: state !== "offline" }));
    hear("bye", ({ reason }) => reason === "restart" && this.#tell("line", { isUp: false }));
    hear("gap", () => this.#session.live(true).then(() => this.current && this.enter(this.current.id), () => {}));
    hear("refused", () => this.home((this.#live = null)));
    this.#live.start();
  }

  #take(entry) {
    if (!this.#ours(entry.conversation)) return;
    this.current.take(entry);
    if (entry.kind === "reply") this.#tell("typing", { name: null });
    this.#tell("entry", entry);
  }

  #letter(key, text) {
    this.current.letters.set(key, { text, state: "sending" });
    this.#tell("letter", { key, text });
  }

  #fares(key, how) {
    const letter = this.current?.letters.get(key);
    if (!letter) return;
    Object.assign(letter, how);
    this.#tell("letter-state", { key, letter });
  }

  #settle({ key, lane, answer }) {
    if (answer.live) this.#session.adopt(answer);
    const letter = this.current?.letters.get(key);
    if (letter) Object.assign(letter, { text: answer.entry.text, entry: answer.entry });
    if (letter) this.#tell("settled", { key, entry: answer.entry });
    if (lane !== "new" || !letter) return;
    this.current.id = answer.conversation;
    this.#follow(answer.conversation, 0);
  }

  #ours(conversation) {
    return Boolean(conversation) && conversation === this.current?.id;
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
