// What the frame asks of its server besides the talk itself. A refusal is an error that says the server's own sentence.

import { refusal } from "../../look/js/waiting.js";

const PATIENCE = 15000; // milliseconds

/** The server has said no; `message` can be shown as it is, or is empty. */
export class Refusal extends Error {
  constructor(status, { error: code, message = "" }) {
    super(message);
    Object.assign(this, { status, code });
  }
}

/** Asks below /widget/api/ in the guest's name and language; resolves to the response. Rejects with a Refusal, or when nobody answers. */
export async function ask(session, path, { method = "GET", body } = {}) {
  const once = async (fresh) =>
    fetch(`/widget/api/${path}?lang=${session.language}`, {
      method,
      headers: { Accept: "application/json", "Content-Type": "application/json", Authorization: `Bearer ${await session.live(fresh)}` },
      body: body && JSON.stringify(body),
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
  let response = await once(false);
  if (response.status === 401) response = await once(true);
  return checked(response);
}

/** Gives a response back, or throws: a Refusal where it is our server that says no. */
export async function checked(response) {
  if (response.ok) return response;
  const said = await refusal(response);
  throw said.error ? new Refusal(response.status, said) : new Error(response.status);
}
