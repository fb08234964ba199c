// The open conversation: entries arrive in order, each once, whoever wrote them.

import { stickToBottom } from "../../look/js/stick_to_bottom.js";
import { say } from "../../look/js/words.js";
import { askMarks, Marks } from "./marks.js";
import { isSameDay } from "./times.js";
import { drawEntry, fillEntry, isPlain } from "./entries.js";
import { getForSure, parse } from "./fragments.js";
import { Head } from "./head.js";
import { typingSign } from "./typing.js";
import { offerWithdrawal, offerWithdrawals, showChanged } from "./withdraw.js";

const CHANGING = new Set(["withdrawn", "unclear", "merged"]);

export class Thread {
  #element;
  #entries;
  #words;
  #me;
  #stick;
  #marks;
  #head;
  #work = Promise.resolve();
  #page = new AbortController();
  #sayTyping;
  #lastAt = null;

  constructor(element, { words, me }) {
    this.#element = element;
    this.#entries = element.querySelector("#entries");
    this.#words = words;
    this.#me = me;
    this.id = element.dataset.conversation;
    this.last = Number(element.dataset.lastSeq);
    this.#sayTyping = typingSign(element.querySelector('[data-slot="typing"]'));
    this.#lastAt = this.#entries.querySelector("[data-seq]") ? element.dataset.lastAt : null;
    this.#stick = stickToBottom(element.querySelector(".flow"), () => this.#marks?.report());
    this.#marks = new Marks(this.id, () => this.last, this.#stick, this.#page.signal);
    this.#marks.report();
    offerWithdrawals(this.#entries);
    this.#head = new Head(this.id, element, this.#page.signal);
  }

  close() {
    this.#page.abort();
    this.#stick.stop();
  }

  /** Shows one entry behind those before it. */
  take(entry) {
    this.#work = this.#work.then(() => this.#place(entry));
    if (CHANGING.has(entry.kind)) this.#work = this.#work.then(() => showChanged(this.#entries, this.id, entry, this.#page.signal));
    this.#head.hear(entry);
  }

  echo({ key, body }) {
    if (this.#byKey(key)) return;
    const element = drawEntry({ kind: body.kind, text: body.text, at: new Date().toISOString(), mark: this.#words.sending, key, files: body.files }, this.#context());
    element.dataset.pending = "";
    this.#entries.append(element);
    this.#stick.toBottom();
  }

  mark(key, word) {
    const echo = this.#byKey(key);
    echo?.querySelector('[data-slot="mark"]')?.replaceChildren(word);
    return echo;
  }

  refuse({ key, body, code, mark }, sentence) {
    this.#byKey(key)?.remove();
    this.#element.querySelector("#compose").dispatchEvent(new CustomEvent("refused", { detail: { ...body, sentence, code, mark } }));
  }

  seen({ by, ...told }) {
    if (by !== "customer") return;
    const [delivered, read] = ["delivered", "read"].map((each) => Math.max(told[each], this.#element.dataset[each]));
    for (const reply of this.#entries.querySelectorAll('[data-kind="reply"][data-seq]')) {
      const seq = Number(reply.dataset.seq);
      if (seq && seq <= delivered) reply.querySelector('[data-slot="mark"]').textContent = seq <= read ? this.#words.read : this.#words.delivered;
    }
    Object.assign(this.#element.dataset, { delivered, read });
  }

  /** Asks for what no entry tells, after a connection was made. */
  async catchUp() {
    this.#head.catchUp();
    const marks = await askMarks(this.id);
    if (marks && !this.#page.signal.aborted) this.seen(marks);
  }

  typing({ by, typing }) {
    if (by.kind === "agent" && by.id === this.#me) return;
    const name = by.kind === "customer" ? this.#element.dataset.name : by.name;
    this.#sayTyping(typing ? say(this.#words.typing, { name }) : "");
  }

  async #place(entry) {
    if (entry.seq <= this.last || this.#page.signal.aborted) return;
    if (isPlain(entry) && this.#lastAt && isSameDay(this.#lastAt, entry.at)) this.#draw(entry);
    else await this.#fetchTo(entry.seq);
    this.#lastAt = entry.at;
    if (entry.kind === "message") this.#sayTyping("");
    this.#marks.report();
  }

  #draw(entry) {
    const known = entry.key && this.#byKey(entry.key);
    const element = known || drawEntry(entry, this.#context());
    if (known) fillEntry(known, entry, this.#context());
    delete element.dataset.pending;
    element.dataset.seq = entry.seq;
    this.#append(element);
    if (entry.kind === "reply" && entry.by.id === this.#me) offerWithdrawal(element);
    this.last = entry.seq;
  }

  // What has a sentence of its own is written by the server: everything behind the last entry that is shown, page by page up to this one.
  async #fetchTo(seq) {
    for (let before = -1; this.last < seq && this.last > before && !this.#page.signal.aborted; ) {
      before = this.last;
      this.#insert(await getForSure(`/desk/conversations/${this.id}/entries?after=${before}`, this.#page.signal));
    }
  }

  #insert(html) {
    for (const element of parse(html)) {
      if (element.dataset.key) this.#byKey(element.dataset.key)?.remove();
      this.#append(element);
      this.last = Math.max(this.last, Number(element.dataset.seq ?? 0));
    }
    offerWithdrawals(this.#entries);
  }

  // Words that are still on their way stay at the end.
  #append(element) {
    const pending = [...this.#entries.querySelectorAll(":scope > [data-pending]")].find((each) => each !== element);
    if (pending) pending.before(element);
    else this.#entries.append(element);
  }

  #byKey(key) {
    return this.#entries.querySelector(`[data-key="${CSS.escape(key)}"]`);
  }

  #context() {
    const { name, nameLang, lang, delivered, read } = this.#element.dataset;
    return { words: this.#words, me: this.#me, customer: { name, nameLang, lang }, delivered: Number(delivered), read: Number(read) };
  }
}
