// The frame's entry: puts the flow, the screens and the host page together.

import { wordsOfPage } from "../../look/js/words.js";
import { listen } from "./buttons.js";
import { Chat } from "./chat.js";
import { attachComposer } from "./composer.js";
import { deeds } from "./deeds.js";
import { Files } from "./doorways.js";
import { Host } from "./host.js";
import { LANGUAGE, SOUND, keep, kept } from "./kept.js";
import { later } from "./later.js";
import { Newest } from "./newest.js";
import { hearChat } from "./news.js";
import { Panels } from "./panels.js";
import { Queue } from "./queue.js";
import { Rating } from "./rating.js";
import { Session, post } from "./session.js";
import { Thread } from "./thread.js";
import { View } from "./view.js";

const MANY = 20; // conversations, of which the server tells at once
let given = wordsOfPage("given");
const session = new Session(given.site, given.language);
const chat = new Chat(session);
const host = new Host(given.hosts);
session.join(host);
const queue = new Queue(session);
// What lets something out waits until it is certain that somebody meant it.
const meant = (event, element) => later("meant").then((found) => found.meant(event, element, parts.words));
const files = new Files(session, meant);
const rating = new Rating(session);
// What is drawn anew with the document: view, thread, newest, sheets and the words.
const play = () => kept(SOUND) && later("sound").then((found) => found.play(), () => {});
const parts = { session, chat, host, files, rating, queue, meant, play, hasSound: () => Boolean(kept(SOUND)), speak: changeLanguage, opener: (name) => document.querySelector(`[data-do="${name}"]`) };
let isUp = true;

// Binds everything to the document as it is now; called again when the document has changed its language.
function mount() {
  given = wordsOfPage("given");
  const words = wordsOfPage();
  const view = new View(words);
  const frame = document.querySelector(".window");
  Object.assign(parts, { words, view, thread: new Thread(view.log, words, session), newest: new Newest(frame, words, look), sheets: new Panels(parts) });
  const send = (text) => chat.send(text, files.take());
  attachComposer(view.form("home"), files, send, () => later("chips").then(({ readAlong }) => readAlong(parts), () => {}));
  attachComposer(view.form("talk"), files, send, () => chat.showTyping());
  files.mount(frame, words);
  rating.mount(view.form("rating"), words);
  queue.mount(view, words);
  refresh();
}

function refresh() {
  const { view, thread, newest } = parts;
  newest.count(0);
  view.show(chat.current);
  list();
  view.strip("offline", !isUp);
  view.strip("claim", session.claimable > 0);
  view.typing(null);
  for (const button of document.querySelectorAll('[data-do="close"]')) button.hidden = !host.isThere;
  if (chat.current) thread.show(chat.current);
  stand();
  look();
  // What came before is asked for by few, and what the sheets say by those alone who talk.
  if (chat.current) parts.sheets.load().then(({ address }) => chat.current?.isQueued && address.load(), () => {});
  if (chat.current ? chat.current.from : session.conversations.length >= MANY) later("earlier").then(({ offer }) => offer(parts), () => {});
}

function list() {
  parts.view.rows(session.conversations);
}

// Where the conversation stands: in the queue, with somebody, or over.
function stand() {
  parts.view.header(chat.current?.agent ?? null);
  parts.view.status(chat.current);
  queue.follow(chat.current);
  rating.show(chat.current);
  if (chat.current?.status === "closed" && chat.current.into) later("onward").then(({ lead }) => lead(parts), () => {});
}

const isShown = () => host.isShown && document.visibilityState === "visible";
const isLookedAt = () => isShown() && parts.newest.isReached;
const look = () => chat.look(isShown(), isLookedAt());

async function changeLanguage(code) {
  parts.sheets.shut();
  try {
    const { speak } = await later("speak");
    await speak(given.site, code);
  } catch {
    return parts.view.strip("problem", true, parts.words.failed);
  }
  keep(LANGUAGE, code);
  session.language = session.chosen.language = code;
  mount();
  look();
  parts.view.focus();
  host.tell("words", { words: parts.words.host });
  if (session.isKnown) await session.live().then((token) => post("/widget/api/language", { language: code }, token, code)).catch(() => {});
}

const table = deeds(parts);
listen(table, parts, meant);

hearChat(parts, { refresh, list, stand, look, isLookedAt, fail: table.fail });
chat.addEventListener("line", ({ detail }) => {
  isUp = detail.isUp;
  parts.view.strip("offline", !isUp);
});
host.addEventListener("shown", () => {
  if (parts.view.field.value || !chat.turn()) refresh();
  chat.wake();
  // Not before there is something to see: until then Firefox focuses nothing.
  requestAnimationFrame(() => parts.view.focus());
  look();
});
files.addEventListener("failed", ({ detail }) => table.fail(detail));
host.addEventListener("hidden", look);
host.addEventListener("who", () => host.tell("words", { words: parts.words.host }));
host.addEventListener("language", ({ detail }) => detail.code !== given.language && changeLanguage(detail.code));
document.addEventListener("visibilitychange", () => {
  look();
  if (isShown()) chat.wake();
});
// Another tab may have begun what this one has not heard of.
addEventListener("storage", () => session.customer || chat.wake());

CSS.supports("field-sizing:content") || later("growing");
mount();
const wish = kept(LANGUAGE);
if (wish && wish !== given.language) await changeLanguage(wish);
await session.ready;
chat.begin();
