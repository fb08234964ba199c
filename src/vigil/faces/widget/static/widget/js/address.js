// Where she is told that there is an answer: an address that she gives, sees masked, and takes away again.

import { ask } from "./doors.js";

export class Address {
  #session;
  #words;
  #form;
  #meant;
  #tell;
  #known = null;

  /** `meant(event, element)` rejects where nobody can have wanted it; `tell(masked)` hears the address as it may be shown, or null. */
  constructor(session, meant, tell) {
    this.#session = session;
    this.#meant = meant;
    this.#tell = tell;
  }

  mount(form, words, onDone) {
    this.#form = form;
    this.#words = words;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (await this.#change("POST", { email: form.elements.email.value.trim() }, event)) onDone();
    });
    this.#draw();
  }

  /** Asks the server what it knows; without an answer we know of none. */
  async load() {
    const answer = await ask(this.#session, "address").catch(() => null);
    this.#known = (await answer?.json())?.email ?? null;
    this.#draw();
    this.#tell(this.#known);
  }

  remove() {
    return this.#change("DELETE");
  }

  async #change(method, body, event) {
    try {
      if (event) await this.#meant(event, event.submitter);
      await ask(this.#session, "address", { method, body });
      this.#say("");
      this.#form.elements.email.value = "";
      await this.load();
      return true;
    } catch (error) {
      this.#say((error.code && error.message) || this.#words.failed);
      return false;
    }
  }

  #say(sentence) {
    const says = this.#form.querySelector(".says");
    says.hidden = !sentence;
    says.lastElementChild.textContent = sentence;
    this.#form.elements.email.ariaInvalid = String(Boolean(sentence));
  }

  #draw() {
    for (const each of this.#form.querySelectorAll("[data-known]")) each.hidden = (each.dataset.known === "yes") !== Boolean(this.#known);
    this.#form.querySelector("bdi").textContent = this.#known ?? "";
  }
}
