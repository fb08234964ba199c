// Another language without losing a word: the document is fetched anew and takes the place of the old one, drafts and all.
// Beside it what else is fetched only when somebody asks for it: the record.

import { wordsOfPage } from "../../look/js/words.js";
import { ask } from "./doors.js";

/** Puts the frame's document in another language in place; rejects when it cannot be fetched, and then nothing has changed. */
export async function speak(site, code) {
  const response = await fetch(`/widget/frame?${new URLSearchParams({ site, lang: code })}`, { cache: "no-cache", credentials: "omit", redirect: "error" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  // Between us and the server there may be somebody who answers everything with a page to log in on: that is none of ours.
  const given = response.ok && wordsOfPage("given", page);
  if (given?.site !== site || !page.querySelector(".window")) throw new Error("not our page");
  const drafts = [...document.querySelectorAll("textarea")].map((field) => field.value);
  document.documentElement.lang = page.documentElement.lang;
  document.documentElement.dir = page.documentElement.dir;
  document.title = page.title;
  document.body.replaceChildren(...page.body.childNodes);
  document.querySelectorAll("textarea").forEach((field, place) => { field.value = drafts[place]; });
}

/** Saves what the server wrote as a file of the reader's; rejects when it cannot be fetched. */
export async function keepRecord(session, conversation, kind) {
  const response = await ask(session, `conversations/${conversation}/transcript.${kind}`);
  const [, name] = /filename="([\w.-]+)"/.exec(response.headers.get("Content-Disposition")) ?? [];
  if (!name) throw new Error("not the record");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
