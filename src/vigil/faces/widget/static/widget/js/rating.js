// How did we do: one tap says it, a remark is welcome and never needed.

import { ask } from "./doors.js";

export class Rating {
  #session;
  #words;
  #form;
  #conversation = null;

  constructor(session) {
    this.#session = session;
  }

  mount(form, words) {
    this.#form = form;
    this.#words = words;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(this.#conversation.rated, form.querySelector("textarea").value.trim());
    });
  }

  /** Shows what a conversation was rated, or asks. */
  show(conversation) {
    this.#conversation = conversation;
    const { status, rated } = conversation ?? {};
    this.#form.hidden = !status || status === "open";
    for (const each of this.#form.querySelectorAll("[data-score]")) each.ariaPressed = String(Number(each.dataset.score) <= (rated ?? 0));
    this.#form.querySelector("[data-more]").hidden = !rated;
  }

  tap(score) {
    this.#conversation.rated = score;
    this.show(this.#conversation);
    return this.#send(score, "");
  }

  async #send(score, text) {
    const said = this.#form.querySelector('[data-slot="said"]');
    const { id } = this.#conversation;
    try {
      await ask(this.#session, `conversations/${id}/rating`, { method: "POST", body: { key: crypto.randomUUID(), score, ...(text && { text }) } });
      said.textContent = text ? this.#words.remarked : this.#words.rated;
      if (text) this.#form.querySelector("textarea").value = "";
    } catch (error) {
      said.textContent = (error.code && error.message) || this.#words.failed;
    }
  }
}
