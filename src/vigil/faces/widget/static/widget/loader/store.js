// What the host page's browser keeps for the chat; where storage is closed to us, everything holds for as long as the page does.

/** Reads what is kept under a name in "localStorage" or "sessionStorage", or keeps a value there and gives it back. */
export function kept(store, name, value) {
  try {
    if (value === undefined) return window[store].getItem(name);
    window[store].setItem(name, value);
  } catch {
    // See above.
  }
  return value;
}

/** The key by which a guest is known whose frame may keep nothing: 32 random bytes, first-party, for our own frame alone. */
export class Visitor {
  #name;

  constructor(site) {
    this.#name = `vigil-visitor-${site}`;
    this.known = kept("localStorage", this.#name) ?? "";
  }

  /** The key; drawn where there is none, or none that could be ours. */
  get key() {
    if (this.known.length < 43) this.renew();
    return this.known.slice(0, 43);
  }

  /** Remembers that somebody has logged in here, whom a log-out must make forgotten. */
  mark() {
    this.known = kept("localStorage", this.#name, `${this.key}!`);
  }

  renew() {
    const random = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)));
    this.known = kept("localStorage", this.#name, btoa(random).slice(0, 43));
  }
}
