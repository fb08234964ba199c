// Keeps each conversation's entries in order and single: what was seen stays seen, and a hole is asked for before anything follows it.

export class Sequence {
  #last = new Map();
  #refetch;
  #deliver;

  /** `refetch(conversation, after)` resolves to the entries after a number; `deliver(entry)` is called once for each, in order. */
  constructor(refetch, deliver) {
    this.#refetch = refetch;
    this.#deliver = deliver;
  }

  last(conversation) {
    return this.#last.get(conversation) ?? 0;
  }

  /** Sets the number of the last entry that the page shows of a conversation. */
  shows(conversation, seq) {
    this.#last.set(conversation, seq);
  }

  /** Takes one entry; rejects when a hole could not be filled, and then nothing has moved. `fill` is false where holes are none of ours. */
  async take(entry, fill = true) {
    const after = this.last(entry.conversation);
    if (entry.seq <= after) return;
    if (fill && entry.seq > after + 1) {
      // Numbers may be missing for good: a customer never gets the team's notes. So one question, and then its answer holds.
      for (const each of await this.#refetch(entry.conversation, after)) this.#pass(each);
    }
    this.#pass(entry);
  }

  #pass(entry) {
    if (entry.seq <= this.last(entry.conversation)) return;
    this.#last.set(entry.conversation, entry.seq);
    this.#deliver(entry);
  }
}
