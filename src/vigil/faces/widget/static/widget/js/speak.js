// Another language without losing a word: the document is fetched anew and takes the place of the old one, drafts and all.
// Beside it what else is fetched only when somebody asks for it: the record.

import { ask } from "./doors.js";

/** Puts the frame's document in another language in place; rejects when it cannot be fetched, and then nothing has changed. */
export async function speak(site, code) {
  const response = await fetch(`/widget/frame?${new URLSearchParams({ site, lang: code })}`, { credentials: "omit" });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
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
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = /filename="([\w.-]+)"/.exec(response.headers.get("Content-Disposition"))?.[1] ?? `conversation.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
