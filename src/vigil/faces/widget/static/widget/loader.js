// The chat on somebody else's page. Nothing but a count, wishes and whether somebody is verified ever comes out of the frame.

import { draw, labelFor, make } from "./loader/button.js";
import { keepIn } from "./loader/place.js";
import { Visitor, kept } from "./loader/store.js";
import { entitle } from "./loader/title.js";

const GIVEN = "__GIVEN__";
// What the frame may say, each with so many fields.
const HEARD = { close: 2, vouch: 2, unread: 3, words: 3, named: 4 };

function start(tag) {
  const { site } = tag.dataset;
  const home = new URL(tag.src).origin;
  const { host, button, badge, box } = draw(GIVEN.hue);
  const visitor = new Visitor(site);
  const listeners = new Set();
  let language = tag.dataset.language === "auto" ? "" : tag.dataset.language || document.documentElement.lang;
  let words = null;
  let frame = null;
  let isReady = false;
  let isLeaving = false;
  let unread = 0;
  let word = null;
  let settle = () => {};

  const show = () => {
    const isOpen = !box.hidden;
    // Until the frame has said its own words, whose chat it is has to do.
    const title = words?.title ?? labelFor([language, ...navigator.languages], GIVEN.labels);
    const label = words?.[isOpen ? "close" : unread ? "news" : "open"] ?? title;
    box.ariaLabel = title;
    button.ariaLabel = label.replace("%(n)s", unread);
    button.ariaExpanded = isOpen;
    badge.hidden = !unread || isOpen;
    badge.textContent = unread > 99 ? "99+" : unread;
    if (frame) frame.title = title;
    if (tag.dataset.title !== "none") entitle(unread);
  };
  const tell = (type, values) => isReady && frame.contentWindow?.postMessage({ vigil: 1, type, ...values }, home);
  const tellWho = () => tell("who", { visitor: visitor.key, known: Boolean(word) });
  const leave = () => {
    isLeaving = false;
    tell("forget", { visitor: visitor.key });
    visitor.renew();
  };
  const load = () => {
    const query = new URLSearchParams({ site, ...(language && { lang: language }) });
    frame = make("iframe", { src: `${home}/widget/frame?${query}`, allow: "autoplay", referrerpolicy: "origin" }, box);
    frame.addEventListener("load", () => {
      isReady = true;
      if (isLeaving) return leave();
      tellWho();
      return tell(box.hidden ? "hidden" : "shown");
    });
  };
  const open = () => {
    box.hidden = false;
    kept("sessionStorage", "vigil-chat", "1");
    if (!frame) load();
    tell("shown");
    frame.focus();
    show();
  };
  const close = () => {
    if (box.hidden) return false;
    box.hidden = true;
    tell("hidden");
    button.focus();
    show();
    dispatchEvent(new Event("vigil:close"));
    return true;
  };
  const report = (listener) => queueMicrotask(() => listener(unread));
  const hear = {
    close,
    unread: ({ count }) => {
      if (!Number.isSafeInteger(count) || count < 0 || count === unread) return;
      unread = count;
      listeners.forEach(report);
      show();
    },
    words: ({ words: said }) => {
      if (!["title", "open", "news", "close"].every((name) => typeof said?.[name] === "string")) return;
      words = said;
      show();
    },
    vouch: async () => {
      const token = await (async () => (word?.call ? word() : word))().catch(() => "");
      tell("word", { token: String(token ?? "") });
    },
    named: ({ verified, error }) => settle({ verified: verified === true, error: String(error) }),
  };
  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== home || source !== frame?.contentWindow || data?.vigil !== 1) return;
    if (HEARD[data.type] === Object.keys(data).length) hear[data.type](data);
  });
  button.addEventListener("click", () => (box.hidden ? open() : close()));
  addEventListener("keydown", (event) => {
    const { activeElement } = document;
    // One key closes one thing: not also the dialog around us.
    if (event.key === "Escape" && (activeElement === host || activeElement === document.body) && close()) event.preventDefault();
  });

  const identify = (given) => new Promise((done) => {
    settle({ verified: false, error: "replaced" });
    settle = done;
    word = given || null;
    if (word) {
      visitor.mark();
      return tellWho();
    }
    // Whatever the one who was logged in left is forgotten, also by a frame that nobody has opened yet; a mere guest stays.
    isLeaving = Boolean(visitor.known[43]);
    if (isReady && isLeaving) leave();
    else if (isLeaving && !frame) load();
    return done({ verified: false, error: "" });
  });
  const api = {
    open,
    close,
    identify,
    language: (code) => {
      if (!/^[\w-]{2,35}$/.test(code)) return;
      language = String(code);
      tell("language", { code: language });
      show();
    },
    onUnread: (listener) => {
      listeners.add(listener);
      report(listener);
      return () => listeners.delete(listener);
    },
  };
  Object.defineProperty(window, "Vigil", { value: Object.freeze(api) });
  button.hidden = tag.dataset.button === "none";
  keepIn(host, show);
  // Whoever has opened the chat on a page before this one hears of answers here too.
  if (kept("sessionStorage", "vigil-chat")) load();
  dispatchEvent(new Event("vigil:ready"));
}

const tag = document.currentScript;
// A page that runs us twice, or names something of its own so, keeps what it has.
if (tag?.dataset.site && !Object.hasOwn(window, "Vigil")) start(tag);
