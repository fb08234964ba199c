// Words in the thread, drawn from the server's own template.

import { fileName } from "./attach.js";
import { cloneTemplate, fill } from "../../look/js/template.js";
import { clockTime } from "./times.js";

/** Draws one entry of words; `context` knows the customer, the reader and the marks. */
export function drawEntry(entry, context) {
  const element = cloneTemplate(`blank-${entry.kind}`, {}, { "data-seq": entry.seq ?? null });
  if (entry.key) element.dataset.key = entry.key;
  fillEntry(element, entry, context);
  // On its way a file is only named; how it looks the server shows.
  element.append(...(entry.files ?? []).map(named));
  if (entry.files && !entry.text) element.querySelector(".bubble").remove();
  return element;
}

function named(id) {
  const line = document.createElement("span");
  line.className = "sent";
  line.textContent = fileName(id);
  return line;
}

const WORDS = new Set(["message", "reply", "note"]);

/** Says whether words are shown as they are written; all else is drawn by the server: files, secrets, signs that shape, times on other clocks, names. */
export function isPlain({ kind, text, files, data, is_shaped: isShaped }) {
  return WORDS.has(kind) && !files && !isShaped && !data?.zone && !text.includes("⟦hidden:") && !(kind === "note" && /[@＠]/.test(text));
}

/** Writes into an element what is known of its entry now. */
export function fillEntry(element, entry, context) {
  const slots = { name: nameOf(entry, context), time: clockTime(entry.at), text: { text: entry.text, lang: langOf(entry, context) } };
  if (entry.kind === "reply") slots.mark = entry.mark ?? markOf(entry, context);
  return fill(element, slots);
}

function nameOf(entry, { words, me, customer }) {
  if (entry.kind === "message") return { text: customer.name, lang: customer.nameLang || null };
  return !entry.by || entry.by.id === me ? words.you : entry.by.name;
}

function langOf(entry, { customer }) {
  return entry.lang || (entry.kind === "message" ? customer.lang : null);
}

function markOf(entry, { words, delivered, read }) {
  if (entry.seq <= read) return words.read;
  return entry.seq <= delivered ? words.delivered : words.sent;
}
