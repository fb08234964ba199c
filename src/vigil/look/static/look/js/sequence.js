// Keeps each conversation's entries in order and single: what was seen stays seen, and a hole is asked for once.

export class Sequence {
  #last = new Map();
  #chain = Promise.resolve();
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

  /** Sets what the page already shows, for instance what the server rendered. */
  knows(conversation, seq) {
    this.#last.set(conversation, Math.max(seq, this.last(conversation)));
  }

  /** Takes one entry; those that come while a hole is being filled wait behind it. `fill` is false where holes are none of ours. */
  take(entry, fill = true) {
    this.#chain = this.#chain.then(() => this.#takeOne(entry, fill));
    return this.#chain;
  }

  async #takeOne(entry, fill) {
    const after = this.last(entry.conversation);
    if (entry.seq <= after) return;
    if (fill && entry.seq > after + 1) {
      // Numbers may be missing for good: a customer never gets the team's notes. So one question, and then its answer holds.
      const between = await this.#refetch(entry.conversation, after).catch(() => []);
      for (const each of between) this.#pass(each);
    }
    this.#pass(entry);
  }

  #pass(entry) {
    if (entry.seq <= this.last(entry.conversation)) return;
    this.#last.set(entry.conversation, entry.seq);
    this.#deliver(entry);
  }
}
