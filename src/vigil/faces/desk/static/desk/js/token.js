// The key to the live tier: asked for with the session's cookie, good for ten minutes, shared by whoever needs it at the same time.

import { Refused } from "../../look/js/live.js";

const FRESH_MS = 2000; // two that found the same token expired ask once
const PATIENCE_MS = 15000; // after which an answer does not come any more
const held = new Map();

/** Resolves to a token; `watch` names the conversation in which we may be seen typing. Rejects with Refused when nobody is signed in. */
export function liveToken(watch, fresh) {
  const known = held.get(watch);
  if (known && (!fresh || Date.now() - known.at < FRESH_MS)) return known.token;
  const token = ask(watch).catch((error) => {
    held.delete(watch);
    throw error;
  });
  held.set(watch, { at: Date.now(), token });
  return token;
}

async function ask(watch) {
  const search = watch ? `?${new URLSearchParams({ watch })}` : "";
  const response = await fetch(`/desk/live-token${search}`, { headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
  if (response.ok) return (await response.json()).token;
  if ([401, 403, 404].includes(response.status)) throw new Refused(response.status);
  throw new Error(`answered ${response.status}`);
}

/** Posts to the live tier with a token, a fresh one after a 401; what is lost here is no news for long. */
export async function tell(path, body, watch = "") {
  for (const fresh of [false, true]) {
    const token = await liveToken(watch, fresh);
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
    const response = await fetch(`/live/${path}`, { method: "POST", headers, body: JSON.stringify(body), credentials: "omit" });
    if (response.status !== 401) return response.ok;
  }
  return false;
}
