// The button and the box in a closed shadow tree, out of reach of the host page's styles and scripts.

const style = (brand) => `:host{all:initial!important;position:fixed!important;z-index:2147483647!important}
[hidden]{display:none!important}
.go{position:fixed;bottom:max(20px,env(safe-area-inset-bottom));inset-inline-end:max(20px,env(safe-area-inset-right));width:56px;height:56px;padding:0;border:0;border-radius:50%;cursor:pointer;display:grid;place-items:center;color:#fff;background:${brand};box-shadow:0 8px 24px #0003}
svg{width:26px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round}
:focus-visible{outline:3px solid ${brand};outline-offset:3px}
.n{position:absolute;top:-4px;inset-inline-end:-4px;min-width:10px;padding:0 6px;border-radius:11px;background:#b3261e;font:600 13px/22px system-ui}
.w{position:fixed;bottom:88px;inset-inline-end:20px;width:400px;height:min(640px,100dvh - 108px);border-radius:16px;overflow:hidden;box-shadow:0 8px 24px #0003;background:Canvas;color-scheme:light dark}
iframe{width:100%;height:100%;border:0}
@media (width<500px){.w{inset:0;width:auto;height:auto;border-radius:0;padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}}`;
const SPACE = "http://www.w3.org/2000/svg";

export function make(name, attributes, parent, space) {
  const element = space ? document.createElementNS(space, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return parent.appendChild(element);
}

/** Makes {host, button, badge, box}; nothing of it is in the page yet. */
export function draw(hue) {
  const host = document.createElement("vigil-chat");
  const root = host.attachShadow({ mode: "closed" });
  // A sheet made by script needs no leave from the host page's policy; a style element would.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style(`oklch(.48 .18 ${hue})`));
  root.adoptedStyleSheets = [sheet];
  // What is in a button is not read out beside its label.
  const button = make("button", { class: "go" }, root);
  const drawing = make("svg", { viewBox: "0 0 24 24" }, button, SPACE);
  make("path", { d: "M4 5.5h16v10.5h-9.5L6 20v-4H4zM8.5 10.8h.01M12 10.8h.01M15.5 10.8h.01" }, drawing, SPACE);
  const badge = make("span", { class: "n" }, button);
  const box = make("div", { class: "w", role: "dialog" }, root);
  box.hidden = true;
  return { host, button, badge, box };
}

/** Chooses the label for the first of these wishes that begins as one of the labels' languages does. */
export function labelFor(wishes, labels) {
  for (const wish of wishes) for (const [start, label] of labels) if (wish.toLowerCase().startsWith(start)) return label;
  return labels[0][1];
}
