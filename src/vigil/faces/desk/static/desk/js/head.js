// The head of the thread and the facts beside it: written by the server, asked for again when somebody changed how things stand.

const SOON_MS = 120;
const TURNS = new Set(["assigned", "status", "priority", "topic", "queue", "withdrawn", "tagged", "blocked", "linked", "merged"]);
// What may be a fact of the case stands beside it, and the server reads it.
const TELLING = /\d{2}|@/;

export class Head {
  #id;
  #signal;
  #timer = null;
  #isOld = false;

  constructor(id, thread, signal) {
    this.#id = id;
    this.#signal = signal;
    // An open menu is not taken away from under the hand; what changed meanwhile is shown when it closes.
    document.addEventListener("toggle", ({ target }) => !target.open && this.#isOld && this.refresh(), { signal, capture: true });
    thread.addEventListener("htmx:beforeSwap", ({ detail }) => {
      // Asked for before the menu was opened, and come after; what the open menu itself has asked for closes it.
      const { verb, elt } = detail.requestConfig;
      const menu = document.querySelector("#head details[open]");
      const isInTheWay = verb === "get" ? isMenuOpen() : menu && !menu.contains(elt);
      if (detail.target.id !== "head" || !isInTheWay) return;
      detail.shouldSwap = false;
      this.#isOld = true;
    }, { signal });
    // The row that led here may have left its list meanwhile, and then the facts did not come along.
    if (document.getElementById("facts")?.dataset.conversation !== id) setTimeout(() => this.#check(), SOON_MS);
  }

  /** Judges whether an entry changes what is said here. */
  hear({ kind, text }) {
    if (TURNS.has(kind) || (kind === "message" && TELLING.test(text))) this.refresh();
  }

  refresh() {
    this.#isOld = true;
    this.#timer ??= setTimeout(() => this.#fetch(), SOON_MS);
  }

  /** Asks again for what could not be had. */
  catchUp() {
    if (this.#isOld) this.refresh();
  }

  #check() {
    if (document.getElementById("facts")?.dataset.conversation !== this.#id) this.refresh();
  }

  #fetch() {
    this.#timer = null;
    if (this.#signal.aborted || isMenuOpen()) return;
    this.#isOld = false;
    window.htmx.ajax("GET", `/desk/conversations/${this.#id}/head`, { target: "#head", swap: "outerHTML" })
      .catch(() => { this.#isOld = true; });
  }
}

function isMenuOpen() {
  return document.querySelector("#head details[open], #facts details[open]") !== null;
}

/** Keeps the facts open as a drawer when fresh ones take their place; another conversation's begin closed. */
export function keepDrawerOpen() {
  let open = null;
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    const { target } = detail;
    if (target.id === "facts") open = target.matches(":popover-open") ? target.dataset.conversation : null;
  });
  document.addEventListener("htmx:oobAfterSwap", () => {
    const facts = document.getElementById("facts");
    if (open && facts?.dataset.conversation === open && !facts.matches(":popover-open")) facts.showPopover();
    open = null;
  });
}
