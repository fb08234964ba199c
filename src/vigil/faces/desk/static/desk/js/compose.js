// The composer: a reply or a note, kept while it is written, sent with Ctrl+Enter or the button, never in the middle of a word.

import { sendOnEnter } from "../../look/js/composing.js";
import { grow } from "../../look/js/growing.js";
import { say } from "../../look/js/words.js";
import { attach } from "./attach.js";
import { completion } from "./completion.js";
import { comingBack, takeStranded } from "./drafts.js";
import { KeptDraft } from "./kept.js";
import { preview } from "./preview.js";
import { shapeByKeys } from "./shaping.js";
import { tell } from "./token.js";

const TYPING_MS = 4000;
const BLANK = /\{\{\s*([a-z][a-z0-9_.]*)\s*\}\}/;

export function composeBehaviour(form, { words, outbox }) {
  const page = new AbortController();
  const { signal } = page;
  const field = form.elements.text;
  const conversation = form.closest("[data-conversation]").dataset.conversation;
  const guard = form.querySelector('[data-slot="says"]');
  const typing = typingTeller(conversation);
  // To make a FormData of it would lay the page out.
  const kind = () => form.elements.kind.value;
  const before = comingBack();

  const warn = (sentence) => {
    delete guard.dataset.busy;
    guard.hidden = !sentence;
    guard.querySelector("p").textContent = sentence;
  };
  const showKind = () => {
    form.dataset.kind = kind();
    field.placeholder = words[kind()];
    field.setAttribute("aria-label", words[kind()]);
  };
  const keep = () => {
    grow(field);
    kept.touch();
  };
  const write = (text) => {
    field.value = text;
    keep();
  };
  // Put before what is in the field; as a note if that is what it was, for nobody else may read it then.
  const giveBack = (text, isNote) => {
    if (isNote) form.elements.kind.value = "note";
    showKind();
    write(before(text, field.value));
  };
  const show = (draft) => {
    // A closed conversation takes notes alone.
    const choice = form.querySelector(`[name=kind][value=${draft.kind}]`);
    if (!choice.disabled) choice.checked = true;
    showKind();
    field.value = draft.text;
    grow(field);
  };
  const send = () => {
    const text = field.value.trim();
    if (files.isBusy) {
      warn(words.busy);
      guard.dataset.busy = "";
      return;
    }
    if (!text && !files.count) return;
    const blank = kind() === "reply" && BLANK.exec(text);
    if (blank) return warn(say(words.fill, { name: blank[0] }));
    warn("");
    const sending = new CustomEvent("sending", { cancelable: true, detail: {} });
    if (kind() === "reply" && !form.dispatchEvent(sending)) return;
    write("");
    form.dispatchEvent(new CustomEvent("emptied"));
    typing(false);
    const ids = files.take();
    outbox.send(conversation, { conversation, text, kind: kind(), ...sending.detail, ...(ids.length && { files: ids }) });
    field.focus();
  };

  const kept = new KeptDraft(form, conversation, { read: () => ({ text: field.value.trim(), kind: kind() }), show, refuse: warn, signal });
  const files = attach(form, conversation, words, { changed: () => "busy" in guard.dataset && !files.isBusy && warn(""), signal });
  for (const { text, kind: was, files: theirs = [] } of strandedIn(form.closest("[data-conversation]"), outbox)) {
    giveBack(text, was === "note");
    files.giveBack(theirs);
  }
  const lists = [
    { menu: "#macros", signs: ["/"], address: form.dataset.macros, button: form.querySelector("[data-open-macros]") },
    // Names are for colleagues: no customer reads whom we ask.
    { menu: "#people", signs: ["@", "＠"], address: form.dataset.people, allows: () => kind() === "note" },
  ].map(({ menu, ...list }) => completion(field, form.querySelector(menu), { ...list, changed: keep, signal }));
  shapeByKeys(field, signal);
  lists.push(preview(form, conversation, signal));
  const stopEnter = sendOnEnter(field, send, { plainEnter: false });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); }, { signal });
  form.addEventListener("change", () => {
    showKind();
    kept.touch();
  }, { signal });
  form.addEventListener("refused", ({ detail }) => {
    if (!field.value) form.elements.kind.value = detail.kind;
    giveBack(detail.text, detail.kind === "note");
    files.giveBack(detail.files ?? []);
    warn(detail.code === "crossed" ? "" : detail.sentence);
    field.focus();
    if (detail.mark && field.value.startsWith(detail.text)) field.setSelectionRange(...detail.mark);
  }, { signal });
  form.addEventListener("returned", ({ detail }) => {
    files.giveBack(detail.files);
    field.focus();
  }, { signal });
  field.addEventListener("input", () => {
    keep();
    warn("");
    // A note is nobody's business but the team's: the customer does not see us write one.
    if (kind() === "reply") typing(Boolean(field.value));
    else form.dispatchEvent(new CustomEvent("writing", { bubbles: true }));
  }, { signal });
  // One's own chat opens ready to go on talking; anything else to be read, with every letter a key. A phone would open its keyboard.
  const begin = "talks" in form.dataset ? field : form.closest("main").querySelector(".flow");
  if (matchMedia("(hover: hover)").matches) begin.focus({ preventScroll: true });
  return () => {
    typing(false);
    kept.close();
    files.close();
    lists.forEach((close) => close());
    stopEnter();
    page.abort();
  };
}

// What an earlier page sent and nobody has received: she was signed out meanwhile, or the page was closed under it.
function strandedIn(thread, outbox) {
  const isSending = (key) => outbox.unsent.some((letter) => letter.key === key);
  const hasArrived = (key) => thread.querySelector(`#entries [data-key="${CSS.escape(key)}"]`) !== null;
  return takeStranded(thread.dataset.conversation, isSending, hasArrived);
}

// Says that somebody writes, at most every few seconds, and once when it is over.
function typingTeller(conversation) {
  let isOn = false;
  let toldAt = 0;
  return (on) => {
    if (!on && !isOn) return;
    if (on && isOn && Date.now() - toldAt < TYPING_MS) return;
    isOn = on;
    toldAt = Date.now();
    tell("signal", { conversation, typing: on }, conversation).catch(() => false);
  };
}
