// The page around the frame. It says that the chat is shown or hidden, who visits, and who has logged in or out; it hears a count, a wish
// to close or for the exchange's word, the button's own words, and whether somebody is verified. Never what is said.

// What it may say, each with exactly these fields of these types.
const HEARD = {
  shown: {},
  hidden: {},
  who: { visitor: "string", known: "boolean" },
  word: { token: "string" },
  forget: { visitor: "string" },
  language: { code: "string" },
};
const SOON = 3000; // milliseconds within which a page says who visits, if it ever does
const PATIENCE = 10000; // milliseconds for its own server to give its word
const NOBODY = { visitor: "", known: false };

/** Events, `detail` is what was said: shown, hidden, who, forget, language. Nothing is sent before the page, on our list and by its exact origin, has spoken. */
export class Host extends EventTarget {
  isShown = parent === window;
  #origin = null;

  constructor(hosts) {
    super();
    const listed = new Set(hosts.map((each) => (each === "self" ? location.origin : each)));
    if (parent !== window) addEventListener("message", (event) => listed.has(event.origin) && event.source === parent && this.#hear(event));
    /** Resolves to {visitor, known} when the page has said it; an older page's loader never does. */
    this.who = this.isShown ? Promise.resolve(NOBODY) : this.#once("who", NOBODY, SOON);
  }

  get isThere() {
    return this.#origin !== null;
  }

  tell(type, values = {}) {
    if (this.isThere) parent.postMessage({ vigil: 1, type, ...values }, this.#origin);
  }

  /** Asks the page for the exchange's word on who this is; resolves to a token, or to "". */
  async word() {
    const said = this.#once("word", { token: "" }, PATIENCE);
    this.tell("vouch");
    return (await said).token;
  }

  #once(type, otherwise, patience) {
    return new Promise((resolve) => {
      this.addEventListener(type, ({ detail }) => resolve(detail), { once: true });
      setTimeout(resolve, patience, otherwise);
    });
  }

  #hear({ origin, data }) {
    if (!isMessage(data)) return;
    this.#origin = origin;
    if (data.type === "shown" || data.type === "hidden") this.isShown = data.type === "shown";
    this.dispatchEvent(new CustomEvent(data.type, { detail: data }));
  }
}

function isMessage(data) {
  if (data === null || typeof data !== "object" || data.vigil !== 1 || !Object.hasOwn(HEARD, data.type)) return false;
  const fields = { vigil: "number", type: "string", ...HEARD[data.type] };
  const names = Object.keys(data);
  return names.length === Object.keys(fields).length && names.every((name) => Object.hasOwn(fields, name) && typeof data[name] === fields[name]);
}
