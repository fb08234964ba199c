// The page around the frame: it may say that the chat is shown or hidden, and hears a count, a wish to close and the button's words.

const HEARD = new Set(["shown", "hidden"]);

/** Events: shown, hidden. Nothing is sent before the host page, on our list and by its exact origin, has spoken first. */
export class Host extends EventTarget {
  isShown = parent === window;
  #origin = null;

  constructor(hosts) {
    super();
    const listed = new Set(hosts.map((each) => (each === "self" ? location.origin : each)));
    if (parent !== window) addEventListener("message", (event) => listed.has(event.origin) && event.source === parent && this.#hear(event));
  }

  get isThere() {
    return this.#origin !== null;
  }

  tell(type, values = {}) {
    if (this.isThere) parent.postMessage({ vigil: 1, type, ...values }, this.#origin);
  }

  #hear({ origin, data }) {
    if (!isMessage(data)) return;
    this.#origin = origin;
    this.isShown = data.type === "shown";
    this.dispatchEvent(new Event(data.type));
  }
}

function isMessage(data) {
  if (data === null || typeof data !== "object" || Object.keys(data).sort().join() !== "type,vigil") return false;
  return data.vigil === 1 && HEARD.has(data.type);
}
