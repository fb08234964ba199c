// A post to our own server.

import { refusal } from "../../look/js/waiting.js";
import { later } from "./later.js";

const PATIENCE = 15000; // milliseconds, after which an answer does not come any more

/** Posts JSON without cookies, and does a little work first where that is asked for; refusals come back in `language`. */
export function post(path, body, token, language) {
  const url = language ? `${path}?lang=${language}` : path;
  const headers = { "Content-Type": "application/json", Accept: "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
  const init = { method: "POST", body: JSON.stringify(body), credentials: "omit", redirect: "error" };
  return asking((more) => fetch(url, { ...init, headers: { ...headers, ...more }, signal: AbortSignal.timeout(PATIENCE) }));
}

/** Asks with `send(headers)`; where a little work is wanted first, fetches what does it and asks again, once. */
export async function asking(send) {
  const response = await send({});
  if (response.status !== 429) return response;
  const { error, challenge } = await refusal(response);
  if (error !== "challenge_required") return response;
  const { prove } = await later("proof");
  return send({ "X-Vigil-Proof": await prove(challenge) });
}
