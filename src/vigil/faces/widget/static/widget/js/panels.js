// The sheets that come up from below: what is on them and what walks through them comes once a conversation is open, or somebody asks for one.

import { later } from "./later.js";

export class Panels {
  #parts;
  #sheets = null;
  #coming = null;
  #wanted = null; // the opener of one that is on its way

  constructor(parts) {
    this.#parts = parts;
  }

  get isOpen() {
    return Boolean(this.#wanted || this.#sheets?.isOpen);
  }

  shut() {
    this.#wanted = null;
    this.#sheets?.shut();
  }

  /** Resolves to the sheets; rejects where they cannot be had now. */
  load() {
    this.#coming ??= later("sheets").then(({ bring }) => bring(this.#parts)).then(
      (sheets) => (this.#sheets = sheets),
      (error) => {
        this.#coming = null;
        throw error;
      },
    );
    return this.#coming;
  }

  async toggle(name, opener) {
    this.#wanted = opener;
    const sheets = await this.load().catch((error) => {
      this.#wanted = null;
      throw error;
    });
    // Somebody may have thought better of it meanwhile.
    if (this.#wanted !== opener) return;
    this.#wanted = null;
    sheets.toggle(name, opener);
  }
}
