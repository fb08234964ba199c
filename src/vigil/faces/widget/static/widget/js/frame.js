// The frame's entry: puts the flow, the screens and the host page together.

import { showLocalTimes } from "../../look/js/local_time.js";
import { wordsOfPage } from "../../look/js/words.js";
import { Chat } from "./chat.js";
import { attachComposer } from "./composer.js";
import { Host } from "./host.js";
import { Session, post } from "./session.js";
import { Sheets } from "./sheets.js";
import { chosenLanguage, keepRecord, speak } from "./speak.js";
import { Thread } from "./thread.js";
import { View } from "./view.js";

let given = wordsOfPage("given");
const session = new Session(given.site, given.language);
const chat = new Chat(session);
const host = new Host(given.hosts);
let words = null;
let view = null;
let thread = null;
let sheets = null;
let isUp = true;
let stopTimes = () => {};

// Binds everything to the document as it is now; called again when the document has changed its language.
function mount() {
  given = wordsOfPage("given");
  words = wordsOfPage();
  view = new View(words);
  thread = new Thread(view.log, words);
  sheets = new Sheets(document.querySelector(".window"));
  stopTimes();
  stopTimes = showLocalTimes(view.log, { language: given.language });
  attachComposer(view.form("home"), (text) => chat.send(text));
  attachComposer(view.form("talk"), (text) => chat.send(text), () => chat.showTyping());
  refresh();
}

function refresh() {
  view.show(chat.current);
  view.rows(session.conversations);
  view.strip("offline", !isUp);
  view.typing(null);
  for (const button of document.querySelectorAll('[data-do="close"]')) button.hidden = !host.isThere;
  if (chat.current) thread.show(chat.current);
}

function look() {
  chat.look(host.isShown && document.visibilityState === "visible");
}

function fail(sentence) {
  view.strip("problem", true, sentence);
  setTimeout(() => view.strip("problem", false), 8000);
}

async function changeLanguage(code) {
  try {
    await speak(given.site, code);
  } catch {
    return fail(words.speak_failed);
  }
  session.language = code;
  mount();
  view.focus();
  host.tell("words", { words: given.host_words });
  if (session.isKnown) await session.live().then((token) => post("/widget/api/language", { language: code }, token, code)).catch(() => {});
}

function keep(kind) {
  sheets.shut();
  session.live().then((token) => keepRecord(chat.current.id, kind, token, given.language)).catch(() => fail(words.keep_failed));
}

const keyOf = (button) => button.closest("[data-key]").dataset.key;
const actions = {
  home: () => chat.home(),
  close: () => host.tell("close"),
  menu: (button) => sheets.toggle("menu", button),
  languages: (button) => sheets.toggle("languages", button),
  shut: () => sheets.shut(),
  speak: ({ dataset }) => {
    sheets.shut();
    changeLanguage(dataset.code);
  },
  "keep-html": () => keep("html"),
  "keep-txt": () => keep("txt"),
  open: ({ dataset }) => chat.enter(dataset.id),
  again: (button) => chat.again(keyOf(button)),
  drop: (button) => {
    const key = keyOf(button);
    thread.drop(key);
    chat.drop(key);
  },
};
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-do]");
  if (button) actions[button.dataset.do](button);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  if (sheets.isOpen) sheets.shut();
  else host.tell("close");
});

const hear = (type, act) => chat.addEventListener(type, ({ detail }) => act(detail));
hear("changed", () => {
  refresh();
  if (host.isShown) view.focus();
});
hear("entry", (entry) => {
  thread.entry(entry, chat.current.team);
  view.header(chat.current.agent);
  view.status(chat.current);
  look();
});
hear("letter", ({ key, letter }) => thread.letter(key, letter));
hear("letter-state", ({ key, letter }) => thread.state(key, letter));
hear("settled", ({ key, entry }) => thread.settle(key, entry));
hear("marks", () => thread.marks(chat.current.team));
hear("typing", ({ name }) => view.typing(name));
hear("unread", ({ count }) => host.tell("unread", { count }));
hear("line", (line) => {
  isUp = line.isUp;
  view.strip("offline", !isUp);
});
host.addEventListener("shown", () => {
  refresh();
  view.focus();
  look();
});
host.addEventListener("hidden", look);
document.addEventListener("visibilitychange", look);

mount();
const wish = chosenLanguage();
if (wish && wish !== given.language) await changeLanguage(wish);
chat.begin();
