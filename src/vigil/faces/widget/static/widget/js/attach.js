// What handles the files of the chat; it comes with the first of them.

import { Attachments as Shared } from "../../look/js/attachments.js";
import { ask, checked } from "./doors.js";

export class Attachments extends Shared {
  constructor(session, onChange) {
    const begin = async (body) => (await ask(session, "files", { method: "POST", body })).json();
    super({ begin, checked, get language() { return session.language; } }, onChange);
  }
}
