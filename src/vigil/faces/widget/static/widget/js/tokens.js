// The session's resume tokens: a guest's outlives the page where the browser lets it, one that the exchange vouched for never does.

export class Tokens {
  #name;
  #memory = null;
  #vouched = null;

  constructor(name) {
    this.#name = name;
  }

  /** The one to show next. */
  get next() {
    return this.#vouched ?? this.#guest;
  }

  /** Keeps the token of an answer. What a frame may not store, the page's key stands for; two tabs with a token each would take one another for thieves. */
  keep({ token, verified }, hasKey) {
    if (verified) this.#vouched = token;
    else if (!hasKey || this.#isOpen) this.#guest = token;
  }

  /** Forgets the one that was shown, for it is dead. */
  drop() {
    if (!this.#vouched) this.#guest = null;
    this.#vouched = null;
  }

  /** Goes back to the guest that was here before somebody logged in. */
  unname() {
    this.#vouched = null;
  }

  get #isOpen() {
    try {
      return Boolean(localStorage);
    } catch {
      return false;
    }
  }

  get #guest() {
    try {
      return localStorage.getItem(this.#name) ?? this.#memory;
    } catch {
      return this.#memory;
    }
  }

  // Storage that is closed to us (a private window, a strict browser) means one session a page, and nothing worse.
  set #guest(value) {
    this.#memory = value;
    try {
      if (value) localStorage.setItem(this.#name, value);
      else localStorage.removeItem(this.#name);
    } catch {
      // Memory has it.
    }
  }
}

/** Lets tabs ask one after the other, each with the newest token: an older one shown late would look like a stolen one. */
export async function inTurn(ask) {
  let isOurs = false;
  const take = () => {
    isOurs = true;
    return ask();
  };
  try {
    return await navigator.locks.request("vigil-session", take);
  } catch (error) {
    if (isOurs) throw error;
    // There are no locks, or they are closed to us like the storage: then no other tab has our token either.
    return ask();
  }
}
