// Draws what was said: bubbles, marks, days, events, and what became of a secret. Words are only ever put in as text.

import { localTime } from "../../look/js/local_time.js";
import { cloneTemplate } from "../../look/js/template.js";
import { say } from "../../look/js/words.js";
import { drawFiles } from "./pictures.js";

const MARK = /⟦hidden:([a-z_]+)⟧/;
const DAY = 86400000;

export class Thread {
  #log;
  #words;
  #states = new Map();
  #letters = new Map();
  #day = null;
  #session;
  #isOld = false;

  constructor(log, words, session) {
    this.#log = log;
    this.#words = words;
    this.#session = session;
  }

  /** Draws a whole conversation anew. */
  show({ entries, letters, team }) {
    this.#log.replaceChildren();
    this.#states.clear();
    this.#letters.clear();
    this.#day = null;
    this.#isOld = true;
    for (const entry of entries) this.entry(entry, team);
    this.#isOld = false;
    for (const [key, letter] of letters) {
      this.letter(key, letter);
      if (letter.entry) this.settle(key, letter.entry);
      else this.state(key, letter);
    }
  }

  entry(entry, team) {
    this.drop(entry.key);
    const nodes = this.#draw(entry);
    if (!nodes.length) return;
    this.#separate(entry.at);
    nodes.forEach((node) => this.#put(node));
    this.marks(team);
  }

  letter(key, { text, lang, files }) {
    const node = cloneTemplate("unsent", { text: { text, lang, hidden: !text }, state: this.#words.state.sending }, { "data-key": key });
    node.prepend(...drawFiles(files.map(({ name, kind }) => ({ name, kind })), this.#session, this.#words));
    this.#letters.set(key, node);
    this.#log.append(node);
  }

  /** Says a sentence below everything, until the conversation is drawn anew. */
  say(text) {
    this.#log.append(cloneTemplate("event", { text }));
  }

  /** Shows how a letter fares: {state: sending | waiting | refused, why}. */
  state(key, { state, why }) {
    const node = this.#letters.get(key);
    if (!node) return;
    node.querySelector(".turned")?.remove();
    node.querySelector(".by").hidden = state === "refused";
    node.querySelector('[data-slot="state"]').textContent = this.#words.state[state];
    if (state === "refused") node.append(cloneTemplate("refused", { why }));
  }

  /** The server has a letter: it shows what was stored until the stream brings the entry itself. */
  settle(key, entry) {
    const node = this.#letters.get(key);
    if (!node) return;
    const bubble = this.#bubble({ ...entry, seq: null });
    this.#letters.set(key, bubble);
    node.replaceWith(bubble);
    bubble.querySelector('[data-slot="state"]').textContent = this.#words.state.sent;
  }

  drop(key) {
    this.#letters.get(key)?.remove();
    this.#letters.delete(key);
  }

  marks({ delivered, read }) {
    const { state } = this.#words;
    for (const [seq, slot] of this.#states) slot.textContent = seq <= read ? state.read : seq <= delivered ? state.delivered : state.sent;
  }

  #put(node) {
    const [firstLetter = null] = this.#letters.values();
    this.#log.insertBefore(node, firstLetter);
  }

  #draw(entry) {
    if (entry.kind === "message" || entry.kind === "reply") return [this.#bubble(entry)];
    if (entry.kind === "secret_removed" && this.#states.has(entry.data.of)) return this.#alerts(entry.data.kinds);
    const sentence = this.#happened(entry);
    const said = entry.text ? [this.#bubble(entry)] : [];
    return sentence ? [cloneTemplate("event", { text: sentence }), ...said] : [];
  }

  #bubble(entry) {
    const isMine = entry.by.kind === "you";
    const node = cloneTemplate(isMine ? "mine" : "theirs", { name: entry.by.name, time: { datetime: entry.at } });
    const slot = node.querySelector('[data-slot="text"]');
    if (entry.lang) slot.lang = entry.lang;
    slot.hidden = !entry.text;
    slot.before(...drawFiles(entry.files, this.#session, this.#words));
    (entry.text ?? "").split(MARK).forEach((part, place) => slot.append(place % 2 ? this.#secret(part) : part));
    if (isMine && entry.seq) this.#states.set(entry.seq, node.querySelector('[data-slot="state"]'));
    return node;
  }

  #secret(kind) {
    const { hidden } = this.#words;
    return cloneTemplate("secret", { name: hidden[kind] ?? hidden.unknown }, { lang: document.documentElement.lang });
  }

  #alerts(kinds) {
    const { removed, advice } = this.#words;
    const alerts = kinds.map((kind) => cloneTemplate("alert", { what: removed[kind] ?? removed.other, advice: advice[kind] ?? advice.other }));
    // What was removed long ago alarms nobody again.
    if (this.#isOld) for (const alert of alerts) alert.role = "note";
    return alerts;
  }

  #happened({ kind, data, by }) {
    const { event } = this.#words;
    if (kind === "opened") return null; // The first words say it themselves.
    if (kind === "assigned") return data.name ? say(event.assigned, data) : event.unassigned;
    if (kind !== "status") return event[kind] && say(event[kind], data);
    if (data.to === "open") return event.reopened;
    return by.kind === "you" && data.to === "resolved" ? event.ended : event[data.to];
  }

  #separate(at) {
    const moment = new Date(at);
    if (moment.toDateString() === this.#day) return;
    this.#day = moment.toDateString();
    const { today, yesterday } = this.#words;
    const isOn = (time) => new Date(time).toDateString() === this.#day;
    const text = isOn(Date.now()) ? today : isOn(Date.now() - DAY) ? yesterday : localTime(at, "day");
    this.#put(cloneTemplate("day", { day: { text } }));
  }
}
