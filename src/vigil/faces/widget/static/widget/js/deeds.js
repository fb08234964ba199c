// What the buttons do.

import { ask } from "./doors.js";
import { SOUND, keep, kept } from "./kept.js";
import { later } from "./later.js";
import { keepFile } from "./pictures.js";

const keyOf = (button) => button.closest("[data-key]").dataset.key;

/** Returns a table from `data-do` to what it does with its button and the click, and `fail`, which shows an error; `parts` are those of the frame as they are now. */
export function deeds(parts) {
  const { session, chat, host, files, rating } = parts;
  const tell = (sentence) => parts.view.strip("problem", true, sentence);
  const fail = (error) => tell((error?.code && error.message) || parts.words.failed);
  const toServer = (path, then = () => {}) =>
    ask(session, `conversations/${chat.current.id}/${path}`, { method: "POST", body: {} }).then(then, (error) => {
      fail(error);
      return error;
    });
  const sheet = (name, opener) => parts.sheets.toggle(name, opener).catch(fail);
  const keepRecord = (kind) => later("speak").then((found) => found.keepRecord(session, chat.current.id, kind)).catch(fail);

  return {
    fail,
    home: () => chat.home(true),
    jump: (button, { detail: isByHand }) => {
      parts.newest.reach();
      if (!isByHand) parts.view.focus();
    },
    close: () => host.tell("close"),
    menu: (button) => sheet("menu", button),
    languages: (button) => sheet("languages", button),
    address: (button) => sheet("address", button.closest(".sheet") ? parts.opener("menu") : button),
    shut: () => parts.sheets.shut(),
    speak: ({ dataset }) => parts.speak(dataset.code),
    print: () => print(),
    "keep-html": () => keepRecord("html"),
    "keep-txt": () => keepRecord("txt"),
    mail: () => toServer("mail", () => parts.view.strip("done", true, parts.words.mailed)).then((error) => error?.status === 409 && sheet("address", parts.opener("menu"))),
    end: () => chat.end(),
    sound: (button) => {
      keep(SOUND, kept(SOUND) ? null : "1");
      button.ariaChecked = String(Boolean(kept(SOUND)));
      // A browser lets it be heard because somebody has just pressed something.
      parts.play();
    },
    open: ({ dataset }) => chat.enter(dataset.id),
    again: (button) => chat.again(keyOf(button), button.value),
    drop: (button) => {
      const key = keyOf(button);
      parts.thread.drop(key);
      chat.drop(key);
    },
    choose: (button) => button.form.querySelector(`[data-pick="${button.dataset.from}"]`).click(),
    unfile: (button) => {
      const { form } = button;
      files.drop(keyOf(button));
      form.querySelector("textarea").focus();
    },
    file: (button) => keepFile(button.dataset.file, session).catch(fail),
    rate: ({ dataset }) => rating.tap(Number(dataset.score)),
    forget: () => parts.sheets.load().then(({ address }) => address.remove()),
    claim: () => later("claim").then(({ claim }) => claim(session)).then(() => chat.begin(), fail).then(() => parts.view.strip("claim", session.claimable > 0)),
    unclaimed: () => {
      session.claimable = 0;
      parts.view.strip("claim", false);
    },
  };
}
