// The guest's own words on their way: shown at once, kept until the server has them, and never in any storage.

import { Outbox } from "../../look/js/outbox.js";

/** `tell(type, detail)` hears letter {key, text}, letter-state {key, letter} and settled {key, entry}; `onBegun(conversation)` when one has its name. */
export class Letters {
  #outbox;
  #session;
  #tell;
  #homes = new Map();

  constructor(session, tell, onBegun) {
    this.#session = session;
    this.#tell = tell;
    this.#outbox = new Outbox({ token: (fresh) => session.live(fresh) });
    this.#hear("waiting", (key) => this.#fares(key, { state: "waiting" }));
    this.#hear("refused", (key, { message }) => this.#fares(key, { state: "refused", why: message ?? "" }));
    this.#hear("sent", (key, { lane, answer }) => {
      if (answer.live) session.adopt(answer);
      const conversation = this.#homes.get(key);
      Object.assign(conversation.letters.get(key) ?? {}, { text: answer.entry.text, entry: answer.entry });
      this.#tell("settled", { key, entry: answer.entry });
      if (lane !== "new") return;
      conversation.id = answer.conversation;
      onBegun(conversation);
    });
  }

  begin(conversation, text) {
    const { language } = this.#session;
    this.#send(conversation, "new", { text, language }, { url: `/widget/api/conversations?lang=${language}` });
  }

  send(conversation, text) {
    this.#send(conversation, conversation.id, { conversation: conversation.id, text });
  }

  again(key) {
    this.#fares(key, { state: "sending" });
    this.#outbox.again(key);
  }

  drop(key) {
    this.#outbox.drop(key);
    this.#homes.get(key)?.letters.delete(key);
  }

  #send(conversation, lane, body, where = {}) {
    const key = crypto.randomUUID();
    this.#homes.set(key, conversation);
    conversation.letters.set(key, { text: body.text, state: "sending" });
    this.#tell("letter", { key, text: body.text });
    this.#outbox.send(lane, body, { ...where, key });
  }

  #fares(key, how) {
    const letter = this.#homes.get(key)?.letters.get(key);
    if (letter) this.#tell("letter-state", { key, letter: Object.assign(letter, how) });
  }

  #hear(type, act) {
    this.#outbox.addEventListener(type, ({ detail }) => act(detail.key, detail));
  }
}
