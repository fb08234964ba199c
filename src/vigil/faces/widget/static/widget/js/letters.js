// The guest's own words on their way: shown at once, kept until the server has them, and never in any storage.

import { Outbox } from "../../look/js/outbox.js";
import { asking } from "./post.js";

/** `tell(type, detail)` hears letter {key, letter}, letter-state {key, letter} and settled {key, entry}, folded {key}; `onBegun(conversation)` when one has its name. */
export class Letters {
  #outbox;
  #session;
  #tell;
  #homes = new Map();
  #ofOthers = new Set();

  constructor(session, tell, onBegun) {
    this.#session = session;
    this.#tell = tell;
    this.#outbox = new Outbox({ token: (fresh) => session.live(fresh), asking });
    session.addEventListener("replaced", () => {
      this.#outbox.forgetToken();
      this.#ofOthers = new Set(this.#homes.keys());
    });
    this.#hear("waiting", (key) => (this.#homes.has(key) ? this.#fares(key, { state: "waiting" }) : this.#tell("late")));
    this.#hear("refused", (key, refusal) => (this.#homes.has(key) ? this.#fares(key, { state: "refused", why: refusal.message, answers: refusal.answers }) : this.#tell("unended", refusal)));
    this.#hear("sent", (key, { lane, answer }) => {
      // What was on its way when somebody logged in comes back with the token of the guest from before.
      if (answer.live && !this.#ofOthers.has(key)) session.adopt(answer);
      const conversation = this.#homes.get(key);
      if (!conversation) return;
      if (answer.folded) return this.#fold(conversation, key);
      Object.assign(conversation.letters.get(key) ?? {}, { text: answer.entry.text, entry: answer.entry });
      this.#tell("settled", { key, entry: answer.entry });
      if (lane !== "new") return;
      conversation.id = answer.conversation;
      for (const [each, letter] of conversation.letters) if (!letter.entry) this.#post(conversation, each, letter);
      onBegun(conversation);
    });
  }

  /** Sends words; the first of a new conversation begins it, and those written before it has its name wait for that. */
  send(conversation, text, files = []) {
    const key = crypto.randomUUID();
    const isFirst = !conversation.id && !conversation.letters.size;
    this.#homes.set(key, conversation);
    // Until the server has judged the words themselves, they are taken to be in the language that was chosen.
    const letter = { text, files, lang: this.#session.language, state: "sending" };
    conversation.letters.set(key, letter);
    this.#tell("letter", { key, letter });
    if (isFirst) this.#begin(key, text);
    else if (conversation.id) this.#post(conversation, key, letter);
  }

  /** Ends a conversation behind the words that are on their way to it, and waits for the connection as they do. */
  end({ id }) {
    this.#outbox.send(id, {}, { url: `/widget/api/conversations/${id}/end?lang=${this.#session.language}` });
  }

  /** Sends refused words again; `meant` is what they are, where that was asked. */
  again(key, meant) {
    this.#fares(key, { state: "sending" });
    this.#outbox.again(key, meant && { meant });
  }

  drop(key) {
    this.#outbox.drop(key);
    const conversation = this.#homes.get(key);
    conversation.letters.delete(key);
    const [next] = conversation.letters;
    // Refused were the words that would have begun it: the next ones do.
    if (!conversation.id && next) this.#begin(next[0], next[1].text);
  }

  #begin(key, text) {
    const { chosen, language } = this.#session;
    this.#outbox.send("new", { text, ...chosen }, { url: `/widget/api/conversations?lang=${language}`, key });
  }

  #post({ id }, key, { text, files }) {
    this.#outbox.send(id, { conversation: id, text, ...(files.length && { files: files.map((file) => file.id) }) }, { key });
  }

  // The same words again: the first are kept, and that is said once.
  #fold(conversation, key) {
    conversation.letters.delete(key);
    this.#tell("folded", { key });
  }

  #fares(key, how) {
    const letter = this.#homes.get(key)?.letters.get(key);
    if (letter) this.#tell("letter-state", { key, letter: Object.assign(letter, how) });
  }

  #hear(type, act) {
    this.#outbox.addEventListener(type, ({ detail }) => act(detail.key, detail));
  }
}
