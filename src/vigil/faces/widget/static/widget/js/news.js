// What the chat tells, shown by the parts of the frame.

import { calm } from "./buttons.js";

const FRESH = 60000; // milliseconds within which an answer is news and not history

/** Listens from now on; `acts` are the frame's own: refresh, list, stand, look, isLookedAt, fail. */
export function hearChat(parts, { refresh, list, stand, look, isLookedAt, fail }) {
  const { chat, host } = parts;
  const hear = (type, act) => chat.addEventListener(type, ({ detail }) => act(detail));
  const isFresh = ({ kind, at }) => kind === "reply" && Date.now() - Date.parse(at) < FRESH;
  let due = 0;
  let isNews = false;
  // Once for all that comes at once: each time the browser has to measure everything anew.
  const settle = () => {
    if (isNews && !isLookedAt()) parts.play();
    due = 0;
    isNews = false;
    stand();
    look();
  };
  hear("changed", () => {
    refresh();
    if (host.isShown) parts.view.focus();
  });
  hear("entry", (entry) => {
    parts.thread.entry(entry, chat.current.team);
    if (entry.kind === "status") calm(parts.view);
    isNews ||= isFresh(entry);
    due ||= setTimeout(settle);
  });
  hear("elsewhere", (entry) => isFresh(entry) && parts.play());
  hear("rows", () => {
    list();
    look();
    // Nobody is taken away from a word that they have begun.
    if (!chat.current && !chat.isAnew && !parts.view.field.value) chat.turn();
  });
  hear("late", () => parts.view.strip("done", true, document.querySelector("[data-later]").dataset.later));
  hear("unended", fail);
  hear("letter", ({ key, letter }) => {
    calm(parts.view);
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
  hear("unread", ({ here, count }) => {
    parts.view.unread(count);
    parts.newest.count(here);
    host.tell("unread", { count });
  });
}
