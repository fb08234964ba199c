// The ways by which files come in: the two pickers of each form, paste, and drop. What handles them comes with the first.

/** The files of the next message. Events: changed · failed (what handles them could not be fetched). */
export class Files extends EventTarget {
  #session;
  #words;
  #real = null;
  #isComing = false;

  constructor(session) {
    super();
    this.#session = session;
  }

  get isBusy() {
    return this.#isComing || Boolean(this.#real?.isBusy);
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
    this.#isComing = true;
    this.#tell("changed");
    try {
      const { Attachments } = await import("./attach.js");
      this.#real ??= new Attachments(this.#session, () => this.#tell("changed"));
      this.#real.mount(this.#words);
      this.#real.add(list);
    } catch {
      this.#tell("failed");
    }
    this.#isComing = false;
    this.#tell("changed");
  }

  #tell(type) {
    this.dispatchEvent(new Event(type));
  }
}
