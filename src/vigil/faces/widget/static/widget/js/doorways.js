// The ways by which files come in: the two pickers of each form, paste, and drop. What handles them comes with the first.

import { later } from "./later.js";

/** The files of the next message. Events: changed · failed (`detail` says why none was taken). */
export class Files extends EventTarget {
  #session;
  #meant;
  #frame;
  #words;
  #real = null;
  #coming = 0; // choices that are not with it yet

  /** `meant(event, element)` rejects where nobody can have wanted it. */
  constructor(session, meant) {
    super();
    this.#session = session;
    this.#meant = meant;
  }

  get isBusy() {
    return this.#coming > 0 || Boolean(this.#real?.isBusy);
  }

  get ready() {
    return this.#real?.ready ?? [];
  }

  take() {
    return this.#real?.take() ?? [];
  }

  drop(key) {
    this.#real.drop(key);
  }

  /** Takes in every file that comes by `frame`, and draws in it from now on. */
  mount(frame, words) {
    this.#frame = frame;
    this.#words = words;
    this.#real?.mount(words);
    for (const pick of frame.querySelectorAll("[data-pick]")) {
      pick.addEventListener("change", () => {
        this.#add([...pick.files]);
        // The same file chosen again is a choice as well.
        pick.value = "";
      });
    }
    const take = (event) => {
      delete frame.dataset.dropping;
      const found = [...((event.clipboardData ?? event.dataTransfer)?.files ?? [])];
      if (!found.length) return;
      event.preventDefault();
      this.#add(found);
    };
    frame.addEventListener("paste", take);
    frame.addEventListener("drop", take);
    frame.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      frame.dataset.dropping = "";
    });
    frame.addEventListener("dragleave", (event) => { if (!frame.contains(event.relatedTarget)) delete frame.dataset.dropping; });
  }

  async #add(list) {
    this.#coming += 1;
    this.#tell("changed");
    try {
      // That somebody chose, pasted or dropped them the browser vouches for; that they saw where they go, it has to tell.
      const fields = [...this.#frame.querySelectorAll(".ask textarea, .composer textarea")];
      await this.#meant({ isTrusted: true }, fields.find((each) => each.checkVisibility()));
      const { Attachments } = await later("attach");
      this.#real ??= new Attachments(this.#session, () => this.#tell("changed"));
      this.#real.mount(this.#words);
      this.#real.add(list);
    } catch (error) {
      this.#tell("failed", error);
    }
    this.#coming -= 1;
    this.#tell("changed");
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
