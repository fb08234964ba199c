// What was read in the first words, as chips that she can change. Whatever goes wrong here, there are no chips, and nothing else is missing.

const PAUSE = 400; // milliseconds without a key
const PATIENCE = 4000; // milliseconds: what comes later than that is about other words
const MOST = 4000; // characters
// A second word has begun, or as much is said in a script that has no spaces.
const ENOUGH = /\S\s+\S|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{4}/;
const forms = new WeakSet();

/** Reads along in the first screen's field from now on; `parts` are those of the frame. Safe to call again. */
export async function readAlong(parts) {
  const form = parts.view.form("home");
  if (forms.has(form)) return;
  forms.add(form);
  try {
    new Chips(parts, form, await fetchRow(form, parts.session.language)).begin();
  } catch {
    forms.delete(form);
  }
}

class Chips {
  #parts;
  #session;
  #form;
  #field;
  #row;
  #timer;
  #asking = new AbortController();
  #hasTold = false;

  constructor(parts, form, row) {
    this.#parts = parts;
    this.#session = parts.session;
    this.#form = form;
    this.#field = form.querySelector("textarea");
    this.#row = row;
  }

  begin() {
    this.#field.addEventListener("input", () => this.#soon());
    this.#select("topic").addEventListener("change", ({ target }) => {
      this.#session.chosen.topic = target.value;
      this.#show("topic", target.value);
    });
    this.#select("language").addEventListener("change", async ({ target }) => {
      await this.#parts.speak(target.value);
      // The document is another one now, and so is the form in it.
      await readAlong(this.#parts);
    });
    // What was chosen was chosen for the conversation that has begun.
    this.#parts.chat.addEventListener("settled", () => {
      delete this.#session.chosen.topic;
      delete this.#session.chosen.no_facts;
      this.#row.hidden = true;
    });
    this.#read();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#asking.abort();
    if (!ENOUGH.test(this.#field.value)) this.#row.hidden = true;
    else this.#timer = setTimeout(() => this.#read(), PAUSE);
  }

  async #read() {
    const text = this.#field.value.slice(0, MOST);
    if (!ENOUGH.test(text) || !this.#form.isConnected) return;
    this.#asking = new AbortController();
    const signal = AbortSignal.any([this.#asking.signal, AbortSignal.timeout(PATIENCE)]);
    try {
      const response = await fetch(`/widget/api/reading?lang=${this.#session.language}`, {
        method: "POST",
        headers: { Accept: "application/json", "Content-Type": "application/json" },
        body: JSON.stringify({ text }),
        credentials: "omit",
        signal,
      });
      if (response.ok) this.#draw(await response.json());
    } catch {
      // Other words by now, or nobody answers: what is shown stays.
    }
  }

  #draw({ topic, language, facts, warning, said }) {
    const { chosen } = this.#session;
    const left = facts.filter(({ value }) => !chosen.no_facts?.includes(value));
    this.#show("topic", chosen.topic ?? topic ?? "");
    this.#show("language", chosen.language ?? language ?? this.#session.language);
    const list = this.#row.querySelector("ul");
    for (const old of list.querySelectorAll("[data-value]")) old.remove();
    list.append(...left.map((fact) => this.#fact(fact)));
    this.#warn(left.some((fact) => fact.is_mistyped) ? warning : "");
    this.#row.hidden = !(topic || left.length || "topic" in chosen || (language ?? this.#session.language) !== this.#session.language);
    if (this.#row.hidden || this.#hasTold) return;
    this.#hasTold = true;
    this.#row.querySelector("[data-read]").textContent = said;
  }

  #fact({ value, label, remove, is_checked: isChecked, is_mistyped: isMistyped }) {
    const chip = this.#row.querySelector("[data-fact]").content.firstElementChild.cloneNode(true);
    const button = chip.querySelector("button");
    chip.dataset.value = value;
    chip.querySelector("bdi").textContent = label;
    chip.querySelector('[data-icon="ok"]').hidden = !isChecked;
    chip.querySelector('[data-icon="bad"]').hidden = !isMistyped;
    if (isChecked || isMistyped) button.dataset.tone = isMistyped ? "warn" : "ok";
    button.ariaLabel = remove;
    button.addEventListener("click", () => {
      (this.#session.chosen.no_facts ??= []).push(value);
      (chip.nextElementSibling?.querySelector("button") ?? this.#field).focus();
      chip.remove();
      if (isMistyped) this.#warn("");
    });
    return chip;
  }

  #warn(sentence) {
    const says = this.#row.querySelector("[data-says]");
    says.hidden = !sentence;
    says.lastElementChild.textContent = sentence;
  }

  #show(name, value) {
    const select = this.#select(name);
    select.value = value;
    this.#row.querySelector(`[data-shown="${name}"]`).textContent = select.selectedOptions[0]?.textContent ?? "";
    select.parentElement.toggleAttribute("data-ask", !value);
  }

  #select(name) {
    return this.#row.querySelector(`[data-chip="${name}"]`);
  }
}

// Shown only with its own sheet: without it the chips would be a heap of letters.
async function fetchRow(form, language) {
  const response = await fetch(`/widget/chips?lang=${language}`, { cache: "no-cache", credentials: "omit" });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const row = page.querySelector("[data-chips]");
  const sheet = row.querySelector("link");
  await new Promise((done, fail) => {
    sheet.onload = done;
    sheet.onerror = () => fail(row.remove());
    form.querySelector(".box").after(row);
  });
  return row;
}
