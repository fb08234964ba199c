// A post to our own server.

import { asking } from "./proof.js";

const PATIENCE = 15000; // milliseconds, after which an answer does not come any more

/** Posts JSON without cookies, and does a little work first where that is asked for; refusals come back in `language`. */
export function post(path, body, token, language) {
  const url = language ? `${path}?lang=${language}` : path;
  const headers = { "Content-Type": "application/json", Accept: "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
  const init = { method: "POST", body: JSON.stringify(body), credentials: "omit" };
  return asking((more) => fetch(url, { ...init, headers: { ...headers, ...more }, signal: AbortSignal.timeout(PATIENCE) }));
}
