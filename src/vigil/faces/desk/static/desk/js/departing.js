// An answer that goes by post waits for a moment, held by the server: it counts down, and its author may undo it for as long as it is there.

import { say } from "../../look/js/words.js";
import { toast } from "./toasts.js";

const TICK_MS = 250;

/** Offers to undo `reply`, an element of the thread; `departure` is {id, at} as the server told it, or nothing for what has gone. */
export function offerReturn(reply, conversation, departure, words) {
  if (!reply || !departure) return;
  const offer = document.getElementById("departs").content.firstElementChild.cloneNode(true);
  const when = offer.querySelector('[data-slot="when"]');
  const mark = reply.querySelector('[data-slot="mark"]');
  const end = () => {
    clearInterval(timer);
    offer.remove();
    mark.hidden = false;
  };
  const tick = () => {
    // With its number it is an entry like any other; without its place nobody looks at it any more.
    if (Number(reply.dataset.seq) || !reply.isConnected) return end();
    const left = Math.ceil((Date.parse(departure.at) - Date.now()) / 1000);
    const text = left > 0 ? say(words.departing, { n: left }) : words.sending;
    if (when.textContent !== text) when.textContent = text;
    return null;
  };
  const timer = setInterval(tick, TICK_MS);
  mark.hidden = true;
  reply.dataset.departure = departure.id;
  reply.querySelector(".by").append(offer);
  tick();
  offer.querySelector("button").addEventListener("click", async () => {
    const { told, error } = await takeBack(conversation, departure.id);
    if (error !== undefined) return toast(error || words.failed);
    end();
    reply.remove();
    const form = document.getElementById("compose");
    form.dispatchEvent(new CustomEvent("drafted", { detail: told }));
    return form.dispatchEvent(new CustomEvent("returned", { detail: told }));
  });
}

/** Offers it on whatever the page was drawn with. */
export function offerReturns(thread, conversation, words) {
  for (const reply of thread.querySelectorAll("[data-departure]")) offerReturn(reply, conversation, { id: reply.dataset.departure, at: reply.dataset.goes }, words);
}

async function takeBack(conversation, departure) {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  try {
    const response = await fetch(`/desk/conversations/${conversation}/departures/${departure}/return`, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await response.json();
    return response.ok ? { told } : { error: told.message };
  } catch {
    return { error: "" };
  }
}
