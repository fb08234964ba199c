// The desk, put together: one stream, one outbox, and small behaviours on what the server has rendered.

import { announce, prepareAnnouncements } from "../../look/js/announce.js";
import { attachBehaviours } from "../../look/js/behaviours.js";
import { Live } from "../../look/js/live.js";
import { Outbox } from "../../look/js/outbox.js";
import { followTheme } from "../../look/js/theme.js";
import { say, wordsOfPage } from "../../look/js/words.js";
import { fileName } from "./attach.js";
import { startBox } from "./box.js";
import { composeBehaviour } from "./compose.js";
import { Connection } from "./connection.js";
import { hold_crossed } from "./crossed.js";
import { offerReturn, offerReturns } from "./departing.js";
import { forgetLetter, keepLetter } from "./drafts.js";
import { clearTheWay, keepFocus } from "./focus.js";
import { keepDrawerOpen } from "./head.js";
import { deedsOf, startKeys } from "./keys.js";
import { List } from "./list.js";
import { Mentions } from "./mentions.js";
import { presence } from "./presence.js";
import { openSearch, search_place } from "./search.js";
import { small } from "./small.js";
import { Strip } from "./strip.js";
import { Thread } from "./thread.js";
import { liveToken, tell } from "./token.js";
import { toast, toastRefusal } from "./toasts.js";

const words = wordsOfPage();
const me = Number(document.body.dataset.agent);
const live = new Live({ token: (fresh) => liveToken("", fresh), share: `desk-${me}` });
const outbox = new Outbox({ token: (fresh) => liveToken("", fresh) });
const list = new List(me);
const strip = new Strip(me);
const connection = new Connection();
const mentions = new Mentions(words);
let thread = null;
let isLeaving = false;

const isOpen = (conversation) => thread?.id === conversation;

function markCurrent(id) {
  list.markCurrent(id);
  strip.markCurrent(id);
}

function openThread(element) {
  thread = new Thread(element, { words, me, live, outbox });
  const mine = thread;
  document.body.dataset.show = "thread";
  live.follow(mine.id, mine.last);
  connection.show();
  markCurrent(mine.id);
  offerReturns(element, mine.id, words);
  outbox.unsent.filter((letter) => letter.lane === mine.id).forEach((letter) => mine.echo(letter));
  return () => {
    mine.close();
    if (thread !== mine) return;
    thread = null;
    document.body.dataset.show = "list";
    live.follow(null);
    markCurrent(null);
  };
}

live.addEventListener("state", ({ detail }) => connection.take(detail.state));
live.addEventListener("hello", () => {
  list.reload();
  strip.reload();
  mentions.count();
  thread?.catchUp();
});
live.addEventListener("entry", ({ detail: entry }) => {
  connection.heard();
  list.hear(entry);
  strip.take(entry);
  if (isOpen(entry.conversation)) thread.take(entry);
  else if (entry.kind === "message" && entry.state?.assignee === me) announce(say(words.news, { name: list.nameOf(entry.conversation), words: entry.text }));
});
live.addEventListener("seen", ({ detail }) => isOpen(detail.conversation) && thread.seen(detail));
live.addEventListener("typing", ({ detail }) => isOpen(detail.conversation) && thread.typing(detail));
live.addEventListener("presence", ({ detail }) => {
  if (!isOpen(detail.conversation)) return;
  document.getElementById("thread").dispatchEvent(new CustomEvent("presence", { detail }));
  if (detail.writes) thread.typing({ by: detail.by, typing: true });
});
live.addEventListener("draft", ({ detail }) => {
  if (detail.turned) list.touch(detail.conversation);
  if (isOpen(detail.conversation)) document.getElementById("compose").dispatchEvent(new CustomEvent("drafted", { detail }));
});
live.addEventListener("mentions", ({ detail }) => mentions.hear(detail, thread?.id));
live.addEventListener("gone", ({ detail }) => {
  list.touch(detail.conversation);
  strip.reload();
  if (isOpen(detail.conversation)) toast(words.gone);
});
// What the server hears of no more for 45 s it takes for gone.
live.addEventListener("beat", () => tell("signal", { alive: true }).catch(() => false));
live.addEventListener("refused", () => {
  // What has not arrived is kept, and given back to whoever signs in again.
  isLeaving = true;
  location.reload();
});

outbox.addEventListener("echo", ({ detail }) => {
  keepLetter(detail, fileName);
  if (isOpen(detail.lane)) thread.echo(detail);
});
outbox.addEventListener("waiting", ({ detail }) => isOpen(detail.lane) && thread.mark(detail.key, words.waiting));
outbox.addEventListener("sent", ({ detail }) => {
  forgetLetter(detail);
  if (isOpen(detail.lane)) offerReturn(thread.mark(detail.key, words.sent), detail.lane, detail.answer.departure, words);
});
outbox.addEventListener("refused", ({ detail }) => {
  const said = detail.message || words.failed;
  outbox.drop(detail.key);
  // Nothing that was written is lost: it goes back to where it was written, or waits until that is opened again.
  if (!isOpen(detail.lane)) return toast(said);
  forgetLetter(detail);
  return thread.refuse(detail, said);
});

document.addEventListener("htmx:responseError", ({ detail }) => toastRefusal(detail.xhr, words.failed, detail.elt));
// What the page asks for by itself it asks for again by itself.
document.addEventListener("htmx:sendError", ({ detail }) => detail.requestConfig.triggeringEvent && toast(words.failed));
document.addEventListener("htmx:beforeRequest", (event) => {
  const cause = event.detail.requestConfig.triggeringEvent;
  // A menu asks for what it holds when it opens; its closing is a "toggle", too.
  if (cause?.type === "toggle" && !cause.target.open) event.preventDefault();
});
document.addEventListener("htmx:afterSwap", () => markCurrent(thread?.id ?? null));
addEventListener("beforeunload", (event) => {
  // Words that are still on their way would end with the page.
  if (outbox.unsent.length && !isLeaving) event.preventDefault();
});

prepareAnnouncements();
followTheme();
keepFocus();
keepDrawerOpen();
clearTheWay();
attachBehaviours({ thread: openThread, compose: (form) => composeBehaviour(form, { words, outbox }), hold_crossed, search_place, presence: (element) => presence(element, { me, words }), ...small(list) });
const open = () => thread?.id ?? null;
const deeds = { ...deedsOf({ me, open, failed: words.failed }), KeyM: () => mentions.show(), KeyS: openSearch };
startKeys(deeds, strip, JSON.parse(document.body.dataset.keys ?? "{}"));
startBox({ deeds, open });
list.start();
strip.start();
live.start();
