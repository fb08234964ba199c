// Draws the files of an entry. Their addresses hold for minutes, so each is asked for when it is needed.

import { cloneTemplate } from "../../look/js/template.js";
import { ask } from "./doors.js";

const OURS = /^\/files\/view\/[\w.:=~-]+$/;

/** Returns a list of files, or nothing; words are {picture, video}. Without an `id` a file is only named. */
export function drawFiles(files, session, words) {
  return (files ?? []).map((file) => drawOne(file, session, words));
}

function drawOne({ id, kind, name, width, height }, session, words) {
  const isPicture = kind === "image";
  const row = cloneTemplate(isPicture ? "picture" : "video", { name: name ?? words[isPicture ? "picture" : "video"] }, id ? { "data-file": id } : {});
  const image = row.querySelector("img");
  if (!image) return row;
  image.alt = words.picture;
  if (width && height) Object.assign(image, { width, height });
  if (id) addresses(id, session).then(({ thumb, full }) => { image.src = thumb ?? full; }, () => {});
  return row;
}

/** Saves a file; rejects when it is not to be had. */
export async function keepFile(id, session) {
  const link = document.createElement("a");
  link.href = (await addresses(id, session)).full;
  link.download = "";
  link.click();
}

async function addresses(id, session) {
  const found = await (await ask(session, `files/${id}/link`)).json();
  for (const each of Object.values(found)) if (each !== null && !OURS.test(each)) throw new TypeError("not an address of ours");
  return found;
}
