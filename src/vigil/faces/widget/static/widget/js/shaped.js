// An agent's words as their signs shape them, and times on the reader's clock, built tag by tag from the tree that the server has read: no HTML is parsed here.

import { times } from "./there.js";

const TAGS = new Set(["p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "a"]);
const OURS = /^https?:\/\//;
const SHEET = `
.shaped { display: grid; gap: 8px; white-space: normal; }
.shaped :is(ul, ol) { padding-inline-start: 20px; list-style: revert; }
.shaped li > p + p { margin-block-start: 4px; }
.shaped pre { white-space: pre-wrap; }
.shaped :is(pre, code) { font-family: ui-monospace, monospace; font-size: .94em; overflow-wrap: anywhere; }
.shaped a { color: var(--brand); text-underline-offset: 3px; }
.shaped em { font-style: italic; }
.shaped em:lang(zh), .shaped em:lang(ja), .shaped em:lang(ko) { font-style: normal; text-emphasis: dot; }
.shaped blockquote { padding-inline-start: 10px; border-inline-start: 3px solid var(--line); color: var(--ink-2); }
:is(.shaped .host, .there) { color: var(--ink-2); font-size: var(--text-sm); }
`;
let isDressed = false;

/** Puts the shaped words into `slot`; `write(place, words)` writes words as words. */
export function shape(slot, tree, write) {
  dress();
  // Words that hold nothing but times keep their own lines.
  slot.classList.toggle("shaped", tree.some((node) => typeof node !== "string" && TAGS.has(node[0])));
  slot.replaceChildren();
  build(slot, tree, write);
}

function build(place, tree, write) {
  for (const node of tree) {
    if (typeof node === "string") write(place, node);
    else if (node[0] === "time") place.append(times(node));
    else place.append(...elements(node, write));
  }
}

function elements([tag, inside, detail, host], write) {
  // Only what is on the list, and no address of any other kind, whatever came down the line.
  if (!TAGS.has(tag) || (tag === "a" && !OURS.test(detail))) throw new TypeError("not a shape of ours");
  const element = document.createElement(tag);
  if (tag === "a") Object.assign(element, { href: detail, target: "_blank", rel: "noopener noreferrer nofollow" });
  if (tag === "ol" && detail) element.start = detail;
  build(element, inside, write);
  if (!host) return [element];
  const shown = document.createElement("span");
  shown.className = "host";
  shown.textContent = `(${host})`;
  return [element, " ", shown];
}

// The style comes along with its only use.
function dress() {
  if (isDressed) return;
  isDressed = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  document.adoptedStyleSheets.push(sheet);
}
