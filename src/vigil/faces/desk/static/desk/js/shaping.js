// Ctrl or ⌘ with B, I and K put the signs for bold, italic and a link around the words that are marked; never in the middle of a composed word.

import { isComposing } from "../../look/js/composing.js";

const SIGNS = { KeyB: "**", KeyI: "*" };
const ADDRESS = /^https?:\/\/\S+$/;
const TO = "https://";

export function shapeByKeys(field, signal) {
  field.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.repeat || isComposing(event)) return;
    const sign = SIGNS[event.code];
    // Without marked words Ctrl+K is the box that leads anywhere.
    const isLink = event.code === "KeyK" && field.selectionStart < field.selectionEnd;
    if (!sign && !isLink) return;
    event.preventDefault();
    event.stopPropagation();
    if (sign) around(field, sign);
    else link(field);
  }, { signal });
}

function around(field, sign) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const marked = value.slice(start, end);
  const isBetween = value.slice(start - sign.length, start) === sign && value.slice(end, end + sign.length) === sign;
  // One * of two is no sign of its own: what is bold is not italic already.
  const isSet = isBetween && (sign !== "*" || value.slice(start - 2, start) !== "**" || value.slice(start - 3, start) === "***");
  if (isSet) {
    field.setSelectionRange(start - sign.length, end + sign.length);
    put(field, marked, 0);
  } else {
    put(field, sign + marked + sign, sign.length);
  }
}

function link(field) {
  const marked = field.value.slice(field.selectionStart, field.selectionEnd);
  const isAddress = ADDRESS.test(marked);
  const at = field.selectionStart + (isAddress ? 1 : marked.length + 3);
  put(field, isAddress ? `[](${marked})` : `[${marked}](${TO})`, 0);
  field.setSelectionRange(at, at + (isAddress ? 0 : TO.length));
}

// As typing does it, so that Ctrl+Z takes it back; the words inside stay marked.
function put(field, text, edge) {
  const start = field.selectionStart;
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(start + edge, start + text.length - edge);
}
