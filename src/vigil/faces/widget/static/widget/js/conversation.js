// One conversation as the frame knows it: entries, letters that are not with the server yet, marks. Draws nothing.

export class Conversation {
  entries = [];
  #known;
  letters = new Map(); // by key: {text, files, lang, state, why}

  /** `known` is the conversation as the session told it, nothing for one that is only being begun; its last `page` entries are shown at first. */
  constructor(known = {}, page = 0) {
    this.id = known.id ?? null;
    this.status = known.status ?? "open";
    this.agent = known.agent ?? null;
    this.last = known.last ?? 0;
    this.team = { delivered: 0, read: 0, ...known.team };
    this.read = known.read ?? 0;
    this.rated = null;
    this.isEarlier = known.isEarlier;
    this.wasClosed = known.status === "closed";
    this.from = Math.max(0, this.last - page); // the last entry that is not shown
    this.#known = known;
  }

  take(entry) {
    this.entries.push(entry);
    this.last = Math.max(this.last, entry.seq);
    if (entry.key) this.letters.delete(entry.key);
    if (entry.kind === "assigned") this.agent = entry.data.name ?? null;
    if (entry.kind === "reply") this.agent = entry.by.name;
    if (entry.kind === "withdrawn") this.entries = this.entries.filter(({ seq }) => seq !== entry.data.of);
    if (entry.kind === "onward") this.into = entry.data.into;
    if (entry.kind === "rated") this.rated = entry.data.score;
    if (entry.kind === "status") {
      this.status = ["resolved", "closed"].includes(entry.data.to) ? entry.data.to : "open";
      this.rated = null;
    }
  }

  raise({ delivered, read }) {
    this.team = { delivered: Math.max(this.team.delivered, delivered), read: Math.max(this.team.read, read) };
  }

  /** Everything has been looked at. */
  see() {
    this.read = this.last;
    this.#known.unread = 0;
  }

  /** Learns from the server's list how far was read elsewhere; what was read here a moment ago it may not know yet. */
  heed(row) {
    this.read = Math.max(this.read, row.read);
    if (this.read >= row.last) row.unread = 0;
  }

  get isQueued() {
    return this.status === "open" && !this.agent;
  }

  /** How many answers nobody has looked at. */
  get unread() {
    if (!this.entries.length) return this.#known.unread ?? 0;
    return this.entries.filter((entry) => entry.kind === "reply" && entry.seq > this.read).length;
  }
}
