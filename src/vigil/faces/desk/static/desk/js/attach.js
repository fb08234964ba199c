// The files that go with an agent's next words, kept for each conversation while one works in another, and the ways by which they come.

import { Attachments } from "../../look/js/attachments.js";
import { refusal } from "../../look/js/waiting.js";

const kept = new Map(); // by conversation: what was added there and is not sent
const names = new Map(); // of what was handed over, by id

/** Tells what a file was called that this page has sent. */
export const fileName = (id) => names.get(id) ?? "";

/** Draws the files of a conversation in its form and takes in what is chosen, pasted or dropped there; `words` are the page's. */
export function attach(form, conversation, words, { changed, signal }) {
  const place = form.closest("[data-conversation]");
  const files = filesOf(conversation);
  const pick = form.querySelector("[data-pick]");
  const add = (list) => {
    files.add(list);
    form.elements.text.focus();
  };

  files.heard = changed;
  files.mount({ ...words, file_state: statesIn(words) }, form);
  form.querySelector("[data-attach]").addEventListener("click", () => pick.click(), { signal });
  pick.addEventListener("change", () => {
    add([...pick.files]);
    // The same file chosen again is a choice as well.
    pick.value = "";
  }, { signal });
  form.addEventListener("click", ({ target }) => {
    const row = target.closest('[data-do="unfile"]')?.closest("[data-key]");
    if (!row) return;
    files.drop(row.dataset.key);
    form.elements.text.focus();
  }, { signal });
  form.addEventListener("paste", (event) => {
    const found = [...(event.clipboardData?.files ?? [])];
    // Words that were copied with a picture of themselves are meant as words.
    if (!found.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    add(found);
  }, { signal });
  drops(place, add, signal);
  return {
    get isBusy() { return files.isBusy; },
    get count() { return files.ready.length; },
    take: () => files.take().map((file) => {
      names.set(file.id, file.name);
      return file.id;
    }),
    giveBack: (list) => files.restore(list.map((each) => ({ kind: "image", name: fileName(each.id ?? each), ...(each.id ? each : { id: each }) }))),
    close: () => {
      files.heard = null;
      files.mount(words, null);
    },
  };
}

function filesOf(conversation) {
  if (!kept.has(conversation)) {
    const files = new Attachments({ begin: (file) => begin(conversation, file), checked, language: document.documentElement.lang }, () => files.heard?.());
    kept.set(conversation, files);
  }
  return kept.get(conversation);
}

function drops(place, add, signal) {
  const hasFiles = ({ dataTransfer }) => dataTransfer.types.includes("Files");
  const over = (isOver) => {
    if (isOver) place.dataset.dropping = "";
    else delete place.dataset.dropping;
  };
  place.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    over(true);
  }, { signal });
  place.addEventListener("dragleave", ({ relatedTarget }) => place.contains(relatedTarget) || over(false), { signal });
  place.addEventListener("drop", (event) => {
    over(false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  }, { signal });
}

async function begin(conversation, { name, type, size }) {
  const body = new FormData();
  Object.entries({ name, type, size }).forEach(([field, value]) => body.append(field, value));
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  const response = await fetch(`/desk/conversations/${conversation}/files`, { method: "POST", body, headers: { Accept: "application/json" } });
  return (await checked(response)).json();
}

async function checked(response) {
  if (response.ok) return response;
  const said = await refusal(response);
  throw said.error ? Object.assign(new Error(said.message), { status: response.status, code: said.error }) : new Error(response.status);
}

function statesIn(words) {
  return Object.fromEntries(["sending", "waiting", "checking", "ready"].map((state) => [state, words[`file_${state}`]]));
}
