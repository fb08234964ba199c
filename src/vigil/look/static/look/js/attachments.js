// The pictures and videos that go with the next words: chosen, pasted, dropped or taken. The server judges each before a byte is sent.

import { cloneTemplate, fill } from "./template.js";
import { upload } from "./upload.js";
import { say } from "./words.js";

const MOST = 5; // files of one message

export class Attachments {
  #door;
  #place = null;
  #onChange;
  #words;
  #files = new Map(); // by a key of our own: {name, kind, state, part, why, id, stop}
  #last = 0;

  /** The `door` is that of an upload; `onChange()` hears of each change. */
  constructor(door, onChange) {
    this.#door = door;
    this.#onChange = onChange;
  }

  /** Draws from now on in the trays of `place`, or (null) nowhere. */
  mount(words, place = document) {
    this.#words = words;
    this.#place = place;
    this.#draw();
  }

  /** Says whether one of them is on its way. */
  get isBusy() {
    return [...this.#files.values()].some(({ state }) => state !== "ready" && state !== "refused");
  }

  get ready() {
    return [...this.#files.values()].filter(({ state }) => state === "ready");
  }

  get #taken() {
    return [...this.#files.values()].filter(({ state }) => state !== "refused").length;
  }

  /** Hands over what is ready, for one message; what was refused is forgotten with it. */
  take() {
    const { ready } = this;
    this.#files.clear();
    this.#changed();
    return ready;
  }

  /** Puts files back that were handed over and did not go: each {id, name, kind}. */
  restore(list) {
    for (const file of list) this.#files.set(String((this.#last += 1)), { ...file, state: "ready" });
    this.#changed();
  }

  add(list) {
    for (const file of list) this.#add(file);
  }

  drop(key) {
    this.#files.get(key)?.stop?.abort();
    this.#files.delete(key);
    this.#changed();
  }

  async #add(file) {
    const key = String((this.#last += 1));
    const kept = { name: file.name, kind: file.type.split("/")[0], state: "sending", part: 0, stop: new AbortController() };
    const isOneTooMany = this.#taken >= MOST;
    this.#files.set(key, kept);
    const fare = (how) => {
      Object.assign(kept, how);
      this.#changed();
    };
    if (isOneTooMany) return fare({ state: "refused", why: say(this.#words.many, { n: MOST }) });
    fare({});
    try {
      fare({ id: await upload(this.#door, file, fare, kept.stop.signal), state: "ready" });
    } catch (error) {
      fare({ state: "refused", why: (error.code && error.message) || this.#words.failed });
    }
  }

  #changed() {
    this.#draw();
    this.#onChange();
  }

  #draw() {
    for (const tray of this.#place?.querySelectorAll("[data-tray]") ?? []) {
      for (const row of [...tray.children]) if (!this.#files.has(row.dataset.key)) row.remove();
      for (const [key, kept] of this.#files) this.#fill(rowOf(tray, key, kept), kept);
      tray.hidden = !this.#files.size;
    }
  }

  #fill(row, { state, part, why }) {
    const bar = row.querySelector("progress");
    bar.hidden = state === "ready" || state === "refused";
    if (part !== undefined) bar.value = part;
    const slot = row.querySelector('[data-slot="how"]');
    if (why && !slot.role) slot.setAttribute("role", "alert");
    fill(row, { how: { text: why || this.#words.file_state[state], "data-tone": why && "bad" } });
  }
}

function rowOf(tray, key, { name }) {
  const known = tray.querySelector(`[data-key="${key}"]`);
  if (known) return known;
  const row = cloneTemplate("pending", { name, bar: { "aria-label": name } }, { "data-key": key });
  tray.append(row);
  return row;
}
