// The chat's button on somebody else's page. Nothing but a count and the wish to close ever comes out of the frame.
(() => {
  const tag = document.currentScript;
  if (!tag?.dataset.site || document.querySelector("vigil-chat")) return;
  const given = "__GIVEN__";
  const { origin } = new URL(tag.src);
  const wish = tag.dataset.language;
  const query = new URLSearchParams({ site: tag.dataset.site, lang: wish && wish !== "auto" ? wish : given.language });
  let { words } = given;
  let frame = null;
  let unread = 0;

  const style = `:host{all:initial}
[hidden]{display:none!important}
.go{position:fixed;z-index:2147483000;inset-block-end:max(20px,env(safe-area-inset-bottom));inset-inline-end:max(20px,env(safe-area-inset-right));inline-size:56px;block-size:56px;padding:0;border:0;border-radius:50%;cursor:pointer;display:grid;place-items:center;color:#fff;background:oklch(.48 .18 ${given.hue});box-shadow:0 8px 24px #0003}
svg{inline-size:26px;block-size:26px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
:focus-visible{outline:3px solid oklch(.48 .18 ${given.hue});outline-offset:3px}
.n{position:absolute;inset-block-start:-4px;inset-inline-end:-4px;min-inline-size:22px;box-sizing:border-box;padding:0 6px;border-radius:11px;background:#b3261e;color:#fff;font:600 13px/22px system-ui,sans-serif;text-align:center}
.w{position:fixed;z-index:2147483001;inset-block-end:88px;inset-inline-end:20px;inline-size:400px;block-size:min(640px,100dvh - 108px);border-radius:16px;overflow:hidden;box-shadow:0 16px 48px #0004;background:Canvas;color-scheme:light dark}
iframe{display:block;inline-size:100%;block-size:100%;border:0}
@media (width<500px){.w{inset:0;inline-size:auto;block-size:100dvh;box-sizing:border-box;border-radius:0;padding:env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)}}`;

  const make = (name, attributes, parent, space) => {
    const element = space ? document.createElementNS(space, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return parent.appendChild(element);
  };
  const host = document.createElement("vigil-chat");
  const root = host.attachShadow({ mode: "closed" });
  // A sheet made by script needs no leave from the host page's policy; a style element would.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  const button = make("button", { class: "go", type: "button", "aria-expanded": "false" }, root);
  const space = "http://www.w3.org/2000/svg";
  const drawing = make("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, button, space);
  make("path", { d: "M4 5.5h16v10.5h-9.5L6 20v-4H4zM8.5 10.8h.01M12 10.8h.01M15.5 10.8h.01" }, drawing, space);
  const badge = make("span", { class: "n", "aria-hidden": "true" }, button);
  const box = make("div", { class: "w", role: "dialog" }, root);
  box.hidden = true;

  const show = () => {
    const isOpen = !box.hidden;
    box.setAttribute("aria-label", words.title);
    button.setAttribute("aria-label", isOpen ? words.close : unread ? words.news.replace("%(n)s", unread) : words.open);
    button.setAttribute("aria-expanded", String(isOpen));
    badge.hidden = !unread || isOpen;
    badge.textContent = unread > 99 ? "99+" : String(unread);
    frame?.setAttribute("title", words.title);
  };
  const tell = (type) => frame?.contentWindow?.postMessage({ vigil: 1, type }, origin);
  const load = () => {
    frame = make("iframe", { src: `${origin}/widget/frame?${query}`, referrerpolicy: "origin" }, box);
    frame.addEventListener("load", () => tell(box.hidden ? "hidden" : "shown"));
    show();
  };
  const open = () => {
    box.hidden = false;
    try { sessionStorage.setItem("vigil-chat", "1"); } catch { /* The count then waits until somebody opens the chat. */ }
    if (!frame) load();
    tell("shown");
    frame.focus();
    show();
  };
  const close = () => {
    box.hidden = true;
    tell("hidden");
    button.focus();
    show();
  };

  const isExactly = (data, ...names) => Object.keys(data).sort().join() === ["type", "vigil", ...names].sort().join();
  const hear = {
    close: (data) => isExactly(data) && close(),
    unread: (data) => {
      if (!isExactly(data, "count") || !Number.isSafeInteger(data.count) || data.count < 0) return;
      unread = data.count;
      show();
    },
    words: (data) => {
      if (!isExactly(data, "words") || Object.keys(words).some((name) => typeof data.words?.[name] !== "string")) return;
      words = Object.fromEntries(Object.keys(words).map((name) => [name, data.words[name]]));
      show();
    },
  };
  addEventListener("message", ({ origin: from, source, data }) => {
    if (from !== origin || !frame || source !== frame.contentWindow || data?.vigil !== 1) return;
    if (Object.hasOwn(hear, data.type)) hear[data.type](data);
  });
  button.addEventListener("click", () => (box.hidden ? open() : close()));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden && (document.activeElement === host || document.activeElement === document.body)) close();
  });
  show();
  // Whoever has opened the chat on a page before this one hears of answers here too.
  try { if (sessionStorage.getItem("vigil-chat")) load(); } catch { /* Storage is closed to the host page as well. */ }
  const join = () => document.body.append(host);
  if (document.body) join();
  else addEventListener("DOMContentLoaded", join);
})();
