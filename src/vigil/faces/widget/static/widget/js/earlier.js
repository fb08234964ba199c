// What came before what is shown: older entries of a long conversation, and the customer's older conversations.

import { cloneTemplate } from "../../look/js/template.js";
import { ask, checked } from "./doors.js";

const PAGE = 400; // entries
const MANY = 20; // conversations, of which the server tells at once
const PATIENCE = 15000; // milliseconds

/** Offers what came before on the screen that is shown; `parts` are those of the frame. */
export async function offer(parts) {
  await parts.sheets.load();
  const { chat, session } = parts;
  const { current } = chat;
  const about = current ? document.querySelector("[data-log]") : document.querySelector("[data-rows]");
  about.parentElement.querySelector("[data-earlier]")?.remove();
  const button = cloneTemplate(current ? "earlier-entries" : "earlier-rows", {}, { "data-earlier": "" });
  current ? about.before(button) : about.after(button);
  const again = () => {
    button.remove();
    if (chat.current === current) offer(parts);
  };
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const isMore = current ? await older(parts, current) : await rows(parts, session);
      if (isMore) again();
      else button.remove();
    } catch {
      button.disabled = false;
      parts.view.strip("problem", true, parts.words.failed);
    }
  });
}

// Resolves to whether there may be more.
async function rows({ view }, session) {
  const { id } = session.conversations.at(-1);
  const { conversations } = await (await ask(session, `conversations/${id}/earlier`)).json();
  session.conversations.push(...conversations.map((each) => ({ ...each, isEarlier: true })));
  view.rows(session.conversations);
  return conversations.length === MANY;
}

async function older({ session, thread }, conversation) {
  const until = conversation.from;
  const from = Math.max(0, until - PAGE);
  const found = [];
  for (let after = from; ; after = found.at(-1).seq) {
    const page = await entries(session, conversation.id, after);
    found.push(...page);
    if (!page.length || page.at(-1).seq > until) break;
  }
  conversation.from = from;
  conversation.entries.unshift(...found.filter(({ seq }) => seq <= until));
  thread.show(conversation);
  return from > 0;
}

async function entries(session, watch, after) {
  const init = { headers: { Authorization: `Bearer ${await session.live()}` }, cache: "no-store", credentials: "omit", redirect: "error", signal: AbortSignal.timeout(PATIENCE) };
  const { frames } = await (await checked(await fetch(`/live/poll?${new URLSearchParams({ watch, after, wait: 0 })}`, init))).json();
  return frames.filter(({ event, data }) => event === "entry" && data.conversation === watch).map(({ data }) => data);
}
