// What the line brings: of the conversation on the screen at once, of all others that there is something.

import { Live } from "../../look/js/live.js";
import { SPREAD } from "./signals.js";

export class Following {
  #session;
  #talks;
  #chat;
  #tell;
  #live = null;

  /** `chat` says which conversation is current, and goes home from one that is refused; `tell(type, detail)` hears the chat's own events. */
  constructor(session, talks, chat, tell) {
    this.#session = session;
    this.#talks = talks;
    this.#chat = chat;
    this.#tell = tell;
  }

  get isOn() {
    return Boolean(this.#live);
  }

  /** Follows a conversation behind its entry `after`, or none of them in particular. */
  follow(id, after) {
    if (this.#live) return this.#live.follow(id, after);
    this.#live = new Live({ token: (fresh) => this.#session.live(fresh), watch: id, after, share: `chat-${this.#session.customer}` });
    const hear = (type, act) => this.#live.addEventListener(type, ({ detail }) => act(detail));
    hear("entry", (entry) => this.#take(entry));
    hear("seen", ({ conversation, by, ...marks }) => by === "agent" && this.#ours(conversation) && this.raise(marks));
    hear("typing", ({ conversation, by, typing }) => by.kind === "agent" && this.#ours(conversation) && this.#tell("typing", { name: typing ? by.name : null }));
    // What is there already comes back to a whole crowd at once.
    hear("hello", () => this.#talks.refresh(this.#chat.current?.entries.length ? SPREAD : undefined));
    hear("state", ({ state }) => state !== "connecting" && this.#tell("line", { isUp: state !== "offline" }));
    hear("bye", ({ reason }) => reason === "restart" && this.#tell("line", { isUp: false }));
    hear("refused", () => {
      this.#live = null;
      if (this.#chat.current) this.#chat.home();
    });
    return this.#live.start();
  }

  stop() {
    this.#live?.stop();
    this.#live = null;
  }

  /** Takes in how far the team has come in the conversation on the screen. */
  raise(marks) {
    this.#chat.current.raise(marks);
    this.#tell("marks");
  }

  #take(entry) {
    if (!this.#ours(entry.conversation)) {
      this.#talks.refresh();
      return this.#tell("elsewhere", entry);
    }
    this.#chat.current.take(entry);
    if (entry.kind === "reply") this.#tell("typing", { name: null });
    return this.#tell("entry", entry);
  }

  #ours(conversation) {
    return Boolean(conversation) && conversation === this.#chat.current?.id;
  }
}
