// The bell: how many notes that name whoever sits here were not read yet; told at once when there is one more.

import { announce } from "../../look/js/announce.js";
import { say } from "../../look/js/words.js";
import { getOnce } from "./fragments.js";
import { toast } from "./toasts.js";

export class Mentions {
  #words;
  #bell = document.getElementById("mentions");

  constructor(words) {
    this.#words = words;
    // Whoever goes to a note has done with the list.
    this.#bell.addEventListener("click", ({ target }) => { if (target.closest("a")) this.#bell.open = false; });
  }

  async count() {
    const answer = await getOnce("/desk/mentions?count");
    if (answer === null) return;
    const { unread, shown } = JSON.parse(answer);
    const number = this.#bell.querySelector('[data-slot="count"]');
    number.textContent = shown;
    number.hidden = !unread;
  }

  /** Takes the news that somebody named us, or that we have read it elsewhere; a note that is in sight tells itself. */
  hear({ by, conversation }, open) {
    this.count();
    if (!by || (conversation === open && document.visibilityState === "visible")) return;
    const sentence = say(this.#words.named, { name: by });
    announce(sentence);
    toast(sentence, "brand");
  }

  /** Opens the list and stands on its first note as soon as the server has written it. */
  show() {
    this.#bell.addEventListener("htmx:afterSettle", () => this.#bell.querySelector("a")?.focus(), { once: true });
    this.#bell.querySelector("summary").focus();
    this.#bell.open = true;
  }
}
