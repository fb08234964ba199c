// The frame's entry: puts the flow, the screens and the host page together.

import { wordsOfPage } from "../../look/js/words.js";
import { Address } from "./address.js";
import { listen } from "./buttons.js";
import { Chat } from "./chat.js";
import { attachComposer } from "./composer.js";
import { deeds } from "./deeds.js";
import { Files } from "./doorways.js";
import { Host } from "./host.js";
import { LANGUAGE, SOUND, keep, kept } from "./kept.js";
import { Queue } from "./queue.js";
import { Newest } from "./newest.js";
import { Rating } from "./rating.js";
import { Session, post } from "./session.js";
import { Sheets } from "./sheets.js";
import { Thread } from "./thread.js";
import { View } from "./view.js";

const FRESH = 60000; // milliseconds within which an answer is news and not history
let given = wordsOfPage("given");
const session = new Session(given.site, given.language);
const chat = new Chat(session);
const host = new Host(given.hosts);
session.join(host);
const queue = new Queue(session);
// What lets something out waits until it is certain that somebody meant it.
const meant = (event, element) => import("./meant.js").then((found) => found.meant(event, element, parts.words));
const files = new Files(session, meant);
const rating = new Rating(session);
const address = new Address(session, meant, (known) => queue.tell(known));
// What is drawn anew with the document: view, thread, newest, sheets and the words.
const play = () => kept(SOUND) && import("./sound.js").then((found) => found.play(), () => {});
const parts = { session, chat, host, files, rating, address, play, speak: changeLanguage, opener: (name) => document.querySelector(`[data-do="${name}"]`) };
let isUp = true;

// Binds everything to the document as it is now; called again when the document has changed its language.
function mount() {
  given = wordsOfPage("given");
  const words = wordsOfPage();
  const view = new View(words);
  const frame = document.querySelector(".window");
  Object.assign(parts, { words, view, thread: new Thread(view.log, words, session), newest: new Newest(frame, words, look), sheets: new Sheets(frame) });
  const send = (text) => chat.send(text, files.take());
  attachComposer(view.form("home"), files, send, () => import("./chips.js").then(({ readAlong }) => readAlong(parts), () => {}));
  attachComposer(view.form("talk"), files, send, () => chat.showTyping());
  files.mount(frame, words);
  rating.mount(view.form("rating"), words);
  address.mount(view.form("address"), words, () => parts.sheets.shut());
  queue.mount(view, words);
  parts.opener("sound").ariaChecked = String(Boolean(kept(SOUND)));
  refresh();
}

function refresh() {
  const { view, thread, newest } = parts;
  newest.count(0);
  view.show(chat.current);
  view.rows(session.conversations);
  view.strip("offline", !isUp);
  view.strip("claim", session.claimable > 0);
  view.typing(null);
  for (const button of document.querySelectorAll('[data-do="close"]')) button.hidden = !host.isThere;
  if (chat.current) thread.show(chat.current);
  stand();
}

// Where the conversation stands: in the queue, with somebody, or over.
function stand() {
  parts.view.header(chat.current?.agent ?? null);
  parts.view.status(chat.current);
  queue.follow(chat.current);
  rating.show(chat.current);
}

const isShown = () => host.isShown && document.visibilityState === "visible";
const isLookedAt = () => isShown() && parts.newest.isReached;
const look = () => chat.look(isShown(), isLookedAt());

async function changeLanguage(code) {
  parts.sheets.shut();
  try {
    const { speak } = await import("./speak.js");
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

const hear = (type, act) => chat.addEventListener(type, ({ detail }) => act(detail));
hear("changed", () => {
  refresh();
  if (host.isShown) parts.view.focus();
  if (chat.current?.isQueued) address.load();
});
hear("entry", (entry) => {
  parts.thread.entry(entry, chat.current.team);
  stand();
  look();
  if (entry.kind === "reply" && !isLookedAt() && Date.now() - Date.parse(entry.at) < FRESH) play();
});
hear("letter", ({ key, letter }) => {
  parts.thread.letter(key, letter);
  parts.newest.reach();
});
hear("letter-state", ({ key, letter }) => parts.thread.state(key, letter));
hear("settled", ({ key, entry }) => parts.thread.settle(key, entry));
hear("folded", ({ key }) => {
  parts.thread.drop(key);
  parts.thread.say(parts.words.folded);
});
hear("marks", () => parts.thread.marks(chat.current.team));
hear("typing", ({ name }) => parts.view.typing(name));
hear("unread", ({ count }) => {
  parts.view.unread(count);
  parts.newest.count(count);
  host.tell("unread", { count });
});
hear("line", (line) => {
  isUp = line.isUp;
  parts.view.strip("offline", !isUp);
});
host.addEventListener("shown", () => {
  refresh();
  // Not before there is something to see: until then Firefox focuses nothing.
  requestAnimationFrame(() => parts.view.focus());
  look();
});
files.addEventListener("failed", ({ detail }) => table.fail(detail));
host.addEventListener("hidden", look);
host.addEventListener("who", () => host.tell("words", { words: parts.words.host }));
host.addEventListener("language", ({ detail }) => detail.code !== given.language && changeLanguage(detail.code));
document.addEventListener("visibilitychange", look);

CSS.supports("field-sizing:content") || import("./growing.js");
mount();
const wish = kept(LANGUAGE);
if (wish && wish !== given.language) await changeLanguage(wish);
await session.ready;
chat.begin();
