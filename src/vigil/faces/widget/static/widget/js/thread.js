// The thread: what was said, in order, day by day, with how far it has come and what is still on its way.

import { localTime } from "../../look/js/local_time.js";
import { cloneTemplate } from "../../look/js/template.js";
import { Entries } from "./entries.js";

const DAY = 86400000;

export class Thread {
  #log;
  #words;
  #entries;
  #states = new Map();
  #letters = new Map();
  #day = null;
  #rated = null;
  #isOld = false;

  constructor(log, words, session) {
    this.#log = log;
    this.#words = words;
    this.#entries = new Entries(words, session);
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

  letter(key, letter) {
    const node = this.#entries.letter(key, letter);
    this.#letters.set(key, node);
    this.#log.append(node);
  }

  /** Says a sentence below everything, until the conversation is drawn anew. */
  say(text) {
    this.#log.append(this.#entries.sentence(text));
  }

  /** Shows how a letter fares: {state: sending | waiting | refused, why, answers: [{meant, label}] where the server asks back}. */
  state(key, { state, why, answers }) {
    const node = this.#letters.get(key);
    if (!node) return;
    node.querySelector(".turned")?.remove();
    node.querySelector(".by").hidden = state === "refused";
    stateOf(node).textContent = this.#words.state[state];
    if (state !== "refused") return;
    const turned = cloneTemplate("refused", { why: why || this.#words.failed });
    const again = turned.querySelector("button");
    // The same words alone would be asked about again, for ever.
    if (answers) again.replaceWith(...answers.map(({ meant, label }) => Object.assign(again.cloneNode(), { value: meant, textContent: label })));
    node.append(turned);
  }

  /** The server has a letter: it shows what was stored until the stream brings the entry itself. */
  settle(key, entry) {
    const node = this.#letters.get(key);
    if (!node) return;
    const bubble = this.#entries.bubble(entry);
    this.#letters.set(key, bubble);
    node.replaceWith(bubble);
    stateOf(bubble).textContent = this.#words.state.sent;
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
    const { kind, data } = entry;
    if (kind === "withdrawn") document.getElementById(`e${data.of}`)?.remove();
    if (kind === "message" || kind === "reply") return [this.#bubble(entry)];
    if (kind === "secret_removed" && this.#states.has(data.of)) return this.#entries.alerts(data, this.#isOld);
    const sentence = this.#entries.happened(entry);
    if (!sentence) return [];
    const node = this.#entries.sentence(sentence);
    if (kind === "rated") {
      // The last rating is the one that counts.
      this.#rated?.remove();
      this.#rated = node;
    }
    return entry.text ? [node, this.#entries.bubble(entry)] : [node];
  }

  #bubble(entry) {
    const node = this.#entries.bubble(entry);
    node.id = `e${entry.seq}`;
    if (entry.by.kind === "you") this.#states.set(entry.seq, stateOf(node));
    return node;
  }

  #separate(at) {
    const moment = new Date(at);
    if (moment.toDateString() === this.#day) return;
    this.#day = moment.toDateString();
    const { today, yesterday } = this.#words;
    const isOn = (time) => new Date(time).toDateString() === this.#day;
    this.#put(this.#entries.sentence(isOn(Date.now()) ? today : isOn(Date.now() - DAY) ? yesterday : localTime(at, "day")));
  }
}

function stateOf(node) {
  return node.querySelector('[data-slot="state"]');
}
