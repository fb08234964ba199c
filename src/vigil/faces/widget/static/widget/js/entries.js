// One entry as it is drawn: a bubble, a sentence, or what became of a secret. Words are only ever put in as text.

import { localTime } from "../../look/js/local_time.js";
import { cloneTemplate } from "../../look/js/template.js";
import { say } from "../../look/js/words.js";
import { later } from "./later.js";
import { drawFiles } from "./pictures.js";

const MARK = /⟦hidden:([a-z_]+)⟧/;

export class Entries {
  #words;
  #session;

  constructor(words, session) {
    this.#words = words;
    this.#session = session;
  }

  bubble(entry) {
    const node = cloneTemplate(entry.by.kind === "you" ? "mine" : "theirs", { name: entry.by.name, time: { text: localTime(entry.at), datetime: entry.at } });
    const slot = node.querySelector('[data-slot="text"]');
    const text = entry.text ?? "";
    if (entry.lang) slot.lang = entry.lang;
    slot.hidden = !text;
    slot.before(...drawFiles(entry.files, this.#session, this.#words));
    const write = (place, words) => words.split(MARK).forEach((part, at) => place.append(at % 2 ? this.#secret(part) : part));
    write(slot, text);
    // Until it is here, or if it never comes, the words stand there as they were written.
    if (entry.shape) later("shaped").then(({ shape }) => shape(slot, entry.shape, write), () => {});
    return node;
  }

  /** What is not with the server yet. */
  letter(key, { text, lang, files }) {
    const node = cloneTemplate("unsent", { text: { text, lang, hidden: !text }, state: this.#words.state.sending }, { "data-key": key });
    node.prepend(...drawFiles(files.map(({ name, kind }) => ({ name, kind })), this.#session, this.#words));
    return node;
  }

  sentence(text) {
    return cloneTemplate("event", { text });
  }

  /** What was removed from one's own words, and what to do now; what was removed long ago alarms nobody again. */
  alerts({ kinds }, isOld) {
    const { removed, advice } = this.#words;
    return kinds.map((kind) => {
      const alert = cloneTemplate("alert", { what: removed[kind] ?? removed.other, advice: advice[kind] ?? advice.other });
      if (isOld) alert.role = "note";
      return alert;
    });
  }

  /** The sentence for what happened between the words, or nothing. */
  happened({ kind, data, by }) {
    const { event } = this.#words;
    if (kind === "assigned") return data.name ? say(event.assigned, data) : data.silent ? event.silent : event.unassigned;
    if (kind !== "status") return event[kind] && say(event[kind], data);
    if (data.to === "open") return event.reopened;
    return by.kind === "you" && data.to === "resolved" ? event.ended : event[data.to];
  }

  #secret(kind) {
    const { hidden } = this.#words;
    return cloneTemplate("secret", { name: hidden[kind] ?? hidden.unknown }, { lang: document.documentElement.lang });
  }
}
