// The draft that the server keeps: saved a moment after each pause, shown at any device, and never in the place of words it does not hold.

import { getOnce } from "./fragments.js";
import { forgetDraft, joined, keepDraft, unsavedDraft } from "./drafts.js";

const PAUSE_MS = 800;
const AGAIN_MS = 5000;
const TURNED_AWAY = new Set([400, 413, 422]);
const MOST_AT_THE_END = 12000; // letters that a browser still sends for a page that ends

const isSame = (one, other) => one.text === other.text && (one.kind === other.kind || !one.text);

export class KeptDraft {
  #address;
  #conversation;
  #read;
  #show;
  #refuse;
  #standing; // as the server has it, as far as we know: text, kind and version
  #away = null; // what the server would not take
  #isBusy = false;
  #timer = null;

  /** `read()` tells what is in the field, `show(draft)` puts something there, `refuse(sentence)` says why it is not saved. */
  constructor(form, conversation, { read, show, refuse, signal }) {
    this.#address = `/desk/conversations/${conversation}/draft`;
    this.#conversation = conversation;
    [this.#read, this.#show, this.#refuse] = [read, show, refuse];
    this.#standing = { text: form.elements.text.defaultValue, kind: form.dataset.kind, version: form.dataset.draft };
    this.#begin();
    form.addEventListener("drafted", ({ detail }) => this.#hear(detail.version), { signal });
    addEventListener("online", () => this.#save(), { signal });
    addEventListener("pagehide", () => this.#save(), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#save(), { signal });
  }

  /** Notes that the field has changed. */
  touch() {
    const now = this.#read();
    if (isSame(now, this.#standing)) forgetDraft(this.#conversation);
    else keepDraft(this.#conversation, { ...now, base: this.#standing.version });
    this.#later(PAUSE_MS);
  }

  /** Saves what is left, when the composer goes. */
  close() {
    clearTimeout(this.#timer);
    this.#save();
  }

  // What this tab could not save comes first; where somebody wrote meanwhile, both stay.
  #begin() {
    const mine = unsavedDraft(this.#conversation);
    if (!mine) this.#show(this.#standing);
    else if (mine.base === this.#standing.version) this.#show(mine);
    else this.#show(both(this.#standing, mine));
    if (mine) this.touch();
  }

  #later(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), ms);
  }

  async #save() {
    const now = this.#read();
    if (this.#isBusy || isSame(now, this.#standing) || (this.#away && isSame(now, this.#away))) return;
    this.#isBusy = true;
    const { status, told } = await post(this.#address, { ...now, base: this.#standing.version });
    this.#isBusy = false;
    if (status === 200) this.#take({ ...now, version: told.version });
    else if (status === 409) this.#meet(told);
    else if (TURNED_AWAY.has(status) && told) this.#turnAway(now, told.message);
    else if (status === 0 || status >= 500) this.#later(AGAIN_MS);
  }

  #take(standing) {
    this.#standing = standing;
    this.#away = null;
    if (isSame(this.#read(), standing)) forgetDraft(this.#conversation);
    else this.touch();
  }

  // Another tab or device has written upon the same words: whatever is here and not there stays as well.
  #meet(standing) {
    this.#standing = standing;
    this.#show(both(standing, this.#read()));
    this.touch();
  }

  #turnAway(now, sentence) {
    this.#away = now;
    this.#refuse(sentence);
  }

  async #hear(version) {
    const isUntouched = () => !this.#isBusy && isSame(this.#read(), this.#standing);
    if (version === this.#standing.version || !isUntouched()) return;
    const answer = await getOnce(this.#address);
    if (answer === null || !isUntouched()) return;
    this.#standing = JSON.parse(answer);
    this.#show(this.#standing);
  }
}

// Nobody may read as a reply what was a note.
function both(standing, mine) {
  return { text: joined(standing.text, mine.text), kind: [standing, mine].some(({ text, kind }) => text && kind === "note") ? "note" : mine.kind };
}

async function post(address, draft) {
  const body = new FormData();
  Object.entries(draft).forEach(([name, value]) => body.append(name, value));
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: draft.text.length < MOST_AT_THE_END });
    return { status: response.status, told: await response.json().catch(() => null) };
  } catch {
    return { status: 0, told: null };
  }
}
