// The sheets that come up from below: what is on them and what walks through them comes once a conversation is open, or somebody asks for one.

export class Panels {
  #parts;
  #sheets = null;
  #coming = null;

  constructor(parts) {
    this.#parts = parts;
  }

  get isOpen() {
    return Boolean(this.#sheets?.isOpen);
  }

  shut() {
    this.#sheets?.shut();
  }

  /** Resolves to the sheets; rejects where they cannot be had now. */
  load() {
    this.#coming ??= import("./sheets.js").then(({ bring }) => bring(this.#parts)).then(
      (sheets) => (this.#sheets = sheets),
      (error) => {
        this.#coming = null;
        throw error;
      },
    );
    return this.#coming;
  }

  async toggle(name, opener) {
    (await this.load()).toggle(name, opener);
  }
}
