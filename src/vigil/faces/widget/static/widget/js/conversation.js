// One conversation as the frame knows it: entries, letters that are not with the server yet, marks. Draws nothing.

export class Conversation {
  entries = [];
  letters = new Map(); // by key: {text, files, lang, state, why}

  /** `known` is the conversation as the session told it; nothing for one that is only being begun. */
  constructor(known = {}) {
    this.id = known.id ?? null;
    this.status = known.status ?? "open";
    this.agent = known.agent ?? null;
    this.last = known.last ?? 0;
    this.team = { delivered: 0, read: 0, ...known.team };
    this.read = known.read ?? 0;
    this.rated = null;
  }

  take(entry) {
    this.entries.push(entry);
    this.last = Math.max(this.last, entry.seq);
    if (entry.key) this.letters.delete(entry.key);
    if (entry.kind === "assigned") this.agent = entry.data.name ?? null;
    if (entry.kind === "reply") this.agent = entry.by.name;
    if (entry.kind === "withdrawn") this.entries = this.entries.filter(({ seq }) => seq !== entry.data.of);
    if (entry.kind === "rated") this.rated = entry.data.score;
    if (entry.kind === "status") {
      this.status = ["resolved", "closed"].includes(entry.data.to) ? entry.data.to : "open";
      this.rated = null;
    }
  }

  raise({ delivered, read }) {
    this.team = { delivered: Math.max(this.team.delivered, delivered), read: Math.max(this.team.read, read) };
  }

  get isQueued() {
    return this.status === "open" && !this.agent;
  }

  /** How many answers nobody has looked at. */
  get unread() {
    return this.entries.filter((entry) => entry.kind === "reply" && entry.seq > this.read).length;
  }
}
