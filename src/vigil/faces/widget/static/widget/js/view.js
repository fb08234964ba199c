// The frame's screens, header, news and list of conversations; the words between are drawn by the thread.

import { localTime } from "../../look/js/local_time.js";
import { cloneTemplate, fill } from "../../look/js/template.js";
import { say } from "../../look/js/words.js";

const TYPING_LASTS = 6000; // milliseconds

export class View {
  #frame = document.querySelector(".window");
  #words;
  #typing;
  #told;
  #title = this.#frame.querySelector("#title").textContent;

  constructor(words) {
    this.#words = words;
  }

  get log() {
    return this.#frame.querySelector("[data-log]");
  }

  form(name) {
    return this.#frame.querySelector(`[data-send="${name}"]`);
  }

  /** Shows the first screen, or the conversation as it stands. */
  show(conversation) {
    const screen = conversation ? "talk" : "home";
    const before = this.field;
    const isWriting = before === document.activeElement && before.value;
    this.#frame.dataset.screen = screen;
    for (const each of this.#frame.querySelectorAll("[data-on]")) each.hidden = each.dataset.on !== screen;
    // Words that are being written when an open conversation comes go on in it.
    if (isWriting && this.field !== before) {
      this.field.value = before.value;
      before.value = "";
      for (const each of [before, this.field]) each.dispatchEvent(new Event("input"));
      this.field.focus();
    }
    this.header(conversation?.agent ?? null);
    this.status(conversation);
  }

  status(conversation) {
    const { status = "open", isQueued = false } = conversation ?? {};
    this.strip("queue", isQueued);
    this.#frame.querySelector("[data-ends]").hidden = status === "open";
    for (const each of this.#frame.querySelectorAll("[data-end]")) each.hidden = each.dataset.end !== status;
    this.form("talk").hidden = status === "closed";
    for (const each of this.#frame.querySelectorAll("[data-if]")) each.hidden = each.dataset.if !== status;
  }

  /** Says where a conversation stands in the queue. */
  queue({ where, until, stay, isKnown }) {
    const strip = this.#frame.querySelector('[data-strip="queue"]');
    for (const [name, text] of Object.entries({ where, until, stay })) {
      const slot = strip.querySelector(`[data-slot="${name}"]`);
      // The same words again would be read out again.
      if (slot.textContent !== text) slot.textContent = text;
    }
    for (const button of strip.querySelectorAll("button")) button.hidden = isKnown;
  }

  header(agent) {
    fill(this.#frame, { title: { text: agent ?? this.#title }, initials: { text: initials(agent) } });
    for (const face of this.#frame.querySelectorAll("[data-face]")) face.hidden = (face.dataset.face === "agent") !== Boolean(agent);
  }

  strip(name, isShown, text) {
    const strip = this.#frame.querySelector(`[data-strip="${name}"]`);
    if (text) fill(strip, { [name]: text });
    strip.hidden = !isShown;
  }

  /** Says that somebody writes, for a while: the word that they stopped may be lost. */
  typing(name) {
    clearTimeout(this.#typing);
    if (name) this.#typing = setTimeout(() => this.typing(null), TYPING_LASTS);
    this.#frame.querySelector("[data-typing]").textContent = name ? say(this.#words.typing, { name }) : "";
  }

  rows(conversations) {
    const told = JSON.stringify(conversations);
    // A row that is drawn anew under a finger is not pressed.
    if (told === this.#told) return;
    this.#told = told;
    const rows = conversations.map(({ id, preview, lang, status, agent, unread, last_activity_at: at }) => {
      const state = unread ? { text: say(this.#words.jump, { n: unread }), "data-tone": "brand" } : status !== "open" ? { text: this.#words.over_row } : { text: agent ? this.#words.answered : this.#words.waiting_row };
      return cloneTemplate("row", { preview: { text: preview, lang: lang || null }, state, time: { text: localTime(at, "both"), datetime: at } }, { "data-id": id });
    });
    this.#frame.querySelector("[data-rows]").replaceChildren(...rows);
  }

  /** Counts unread answers in the title, where the frame is the whole page. */
  unread(count) {
    document.title = count ? `(${count}) ${this.#title}` : this.#title;
  }

  /** The field that she writes in, on the screen that is shown. */
  get field() {
    return this.form(this.#frame.dataset.screen).querySelector("textarea");
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }
}

function initials(name) {
  return (name ?? "").split(/\s+/).slice(0, 2).map((part) => [...part][0] ?? "").join("").toUpperCase();
}
