// One file on its way: in parts, from where it stopped when the line comes back, until the server has judged it.

import { backoff, pause } from "./waiting.js";

const PART = 512 * 1024; // bytes: small enough to show how far it is, and to be sent again on a bad line
const AGAIN = 700; // milliseconds between two questions whether it has been judged
const JUDGED = new Set(["ready", "refused"]);

/**
 * Sends `file`; `tell({state, part})` hears sending (and how much of 1), waiting or checking. Resolves to its id; rejects with what was refused: an
 * error with `status`, `code` and `message`. The `door` begins an upload, gives a response back or throws what it refuses, and has a `language`.
 */
export async function upload(door, file, tell, signal) {
  const { name, type, size } = file;
  const { checked, language } = door;
  const begun = await patiently(tell, signal, () => door.begin({ name, type, size }));
  let { offset } = begun;
  const knock = (method, headers, body) =>
    fetch(`${begun.address}?lang=${language}`, { method, body, signal, credentials: "omit", redirect: "error", headers: { Authorization: `Bearer ${begun.grant}`, ...headers } });
  const send = async () => {
    const end = offset + Math.min(PART, begun.part);
    const headers = { "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" };
    const response = await knock("PATCH", headers, file.slice(offset, end));
    if (response.status === 409) throw new Error("elsewhere");
    return reached(await checked(response));
  };
  const resume = async () => {
    offset = reached(await checked(await knock("HEAD")));
  };

  while (offset < size) {
    tell({ state: "sending", part: offset / size });
    offset = await patiently(tell, signal, send, resume);
  }
  for (;;) {
    tell({ state: "checking", part: 1 });
    const found = await patiently(tell, signal, async () => (await checked(await knock("GET"))).json());
    if (found.state === "refused") throw Object.assign(new Error(found.message), { status: 422, code: found.error });
    if (JUDGED.has(found.state)) return begun.file;
    await pause(AGAIN, signal);
  }
}

// How much has come, as our server says it; the page of a wall on the way says nothing of the kind.
function reached(response) {
  const offset = response.headers.get("Upload-Offset");
  if (offset === null) throw new Error("not our answer");
  return Number(offset);
}

// What fails for want of a line is tried again; what was refused is not.
async function patiently(tell, signal, act, before) {
  for (let tries = 0; ; tries += 1) {
    try {
      if (tries) await before?.();
      return await act();
    } catch (error) {
      const isForNow = !error.status || error.status >= 500 || error.status === 423;
      if (signal.aborted || !isForNow || error.status === 507) throw error;
      tell({ state: "waiting" });
      await pause(backoff(tries + 1, { most: 8000 }), signal);
    }
  }
}
