// The newest words: whoever reads further up stays where they are, and is told below how many answers have come.

import { say } from "../../look/js/words.js";

const NEAR = 48; // pixels from the end within which one reads the newest

export class Newest {
  #talk;
  #jump;
  #words;

  /** `onReached()` hears that somebody has come down to answers that waited there. */
  constructor(frame, words, onReached) {
    const talk = frame.querySelector(".talk");
    const jump = frame.querySelector('[data-do="jump"]');
    let height = 0;
    this.#talk = talk;
    this.#jump = jump;
    this.#words = words;
    // It counts its scroll from the end, in negative numbers: what comes below would push up what is being read.
    new ResizeObserver(([{ contentRect }]) => {
      const grown = contentRect.height - height;
      const was = talk.scrollTop;
      if (!this.isReached) talk.scrollTop -= grown;
      // It scrolls by whole pixels: what is left over goes along with the next growth, or many would add up.
      const left = was - talk.scrollTop - grown;
      height = contentRect.height + (left ** 2 < 1 ? left : 0);
    }).observe(talk.firstElementChild);
    talk.addEventListener("scroll", () => { if (!jump.hidden && this.isReached) onReached(); });
  }

  get isReached() {
    return this.#talk.scrollTop > -NEAR;
  }

  reach() {
    this.#talk.scrollTop = 0;
  }

  /** Says how many answers nobody has looked at, where they are out of sight. */
  count(n) {
    this.#jump.hidden = !n || this.isReached;
    this.#jump.textContent = say(this.#words.jump, { n });
  }
}
