// Who else is here: each desk that shows a conversation says so now and then, and whoever is not heard of any more is not there.

import { say } from "../../look/js/words.js";
import { tell } from "./token.js";

const SETTLED_MS = 1500; // whoever only walks past is not here
const BEAT_MS = 15000;
const GONE_MS = 35000; // two beats and a little
const WRITES_MS = 4000;

const language = document.documentElement.lang || undefined;
const list = new Intl.ListFormat(language, { type: "conjunction", style: "short" });

/** Shows in the head of a thread which colleagues look at it too, and lets theirs know of us. */
export function presence(thread, { me, words }) {
  const page = new AbortController();
  const { signal } = page;
  const conversation = thread.dataset.conversation;
  const others = new Map(); // by the agent: name, and until when
  let isHere = false;
  let writtenAt = 0;

  const show = () => {
    // Another conversation has just taken this one's place.
    if (!thread.isConnected) return;
    const now = Date.now();
    for (const [id, { until }] of others) if (until <= now) others.delete(id);
    const slot = thread.querySelector('[data-slot="here"]');
    const names = [...others.values()].map(({ name }) => name).sort();
    slot.hidden = !names.length;
    const shown = list.format(names);
    const sentence = names.length ? say(words.here, { names: shown }) : "";
    slot.querySelector(".cut").textContent = shown;
    slot.querySelector(".sr").textContent = sentence;
    slot.title = sentence;
  };
  const beat = (here, writes = false) => {
    if (!here && !isHere) return;
    const came = here && !isHere;
    isHere = here;
    tell("signal", { conversation, here, writes, came }, conversation).catch(() => false);
  };
  const look = () => beat(document.visibilityState === "visible");
  const settled = setTimeout(look, SETTLED_MS);
  const timer = setInterval(() => {
    look();
    show();
  }, BEAT_MS);

  document.addEventListener("visibilitychange", look, { signal });
  addEventListener("pagehide", () => beat(false), { signal });
  // The head is written anew by the server, which does not know who is here.
  document.addEventListener("htmx:afterSwap", show, { signal });
  thread.addEventListener("writing", () => {
    if (Date.now() - writtenAt < WRITES_MS) return;
    writtenAt = Date.now();
    beat(true, true);
  }, { signal });
  thread.addEventListener("presence", ({ detail: { by, here, came } }) => {
    if (by.id === me) return;
    if (here) others.set(by.id, { name: by.name, until: Date.now() + GONE_MS });
    else others.delete(by.id);
    show();
    // Whoever has just come does not know of us yet.
    if (came && isHere) look();
  }, { signal });
  return () => {
    clearTimeout(settled);
    clearInterval(timer);
    page.abort();
    beat(false);
  };
}
