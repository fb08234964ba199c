// One's own words in a chat may be taken back for a minute; the offer goes when the minute is over.

import { getForSure, parse } from "./fragments.js";

const MINUTE = 60;

/** Offers it on a reply that has its number, for as long as it is fresh. */
export function offerWithdrawal(reply, seconds = MINUTE) {
  const offer = document.getElementById("withdraw")?.content.firstElementChild.cloneNode(true);
  if (!offer || reply.querySelector(".withdraw")) return;
  offer.elements.seq.value = reply.dataset.seq;
  reply.querySelector(".by").append(offer);
  window.htmx.process(offer);
  setTimeout(() => {
    if (offer.contains(document.activeElement)) document.querySelector("#compose textarea").focus({ preventScroll: true });
    offer.remove();
  }, seconds * 1000);
}

// What was said in two conversations stands in one thread, or does not any more: the newest page again, up to what is shown.
async function showWoven(entries, conversation, signal) {
  const last = Math.max(0, ...[...entries.querySelectorAll("[data-seq]")].map((each) => Number(each.dataset.seq)));
  const pending = entries.querySelectorAll("[data-pending]");
  const html = await getForSure(`/desk/conversations/${conversation}/entries?before=${last + 1}`, signal);
  if (!html) return;
  entries.replaceChildren(...parse(html), ...pending);
  window.htmx.process(entries);
  offerWithdrawals(entries);
}

/** Offers it on whatever the server says is fresh. */
export function offerWithdrawals(entries) {
  for (const reply of entries.querySelectorAll("[data-fresh]")) {
    offerWithdrawal(reply, Number(reply.dataset.fresh));
    delete reply.dataset.fresh;
  }
}

/** Puts what the server says now in the place of a reply that was taken back, or marked as not clear. */
export async function showChanged(entries, conversation, { kind, data }, signal) {
  if (kind === "merged") return showWoven(entries, conversation, signal);
  const seq = Number(data.of);
  const shown = entries.querySelector(`article[data-seq="${seq}"]`);
  if (!shown) return;
  if (kind === "withdrawn") shown.querySelector('[data-slot="text"]').replaceChildren();
  const html = await getForSure(`/desk/conversations/${conversation}/entries?after=${seq - 1}`, signal);
  const fresh = parse(html).find((each) => each.dataset.seq === String(seq));
  if (!fresh) return;
  shown.replaceWith(fresh);
  offerWithdrawals(entries);
}
