// What was begun and not sent, and what was sent and has not arrived, by conversation; kept for this tab, forgotten at sign-out.

const name = (conversation) => `vigil-draft:${document.body.dataset.agent}:${conversation}`;
const wayOf = (conversation) => `${name(conversation)}:sent`;

export function readDraft(conversation) {
  return read(name(conversation));
}

export function keepDraft(conversation, text) {
  write(name(conversation), text);
}

/** Keeps a letter until it is known to have arrived: the page it was written on may end before. */
export function keepLetter({ key, lane, body: { text, kind } }) {
  writeLetters(lane, [...readLetters(lane), { key, text, kind }]);
}

/** Forgets a letter that has arrived. */
export function forgetLetter({ key, lane }) {
  writeLetters(lane, readLetters(lane).filter((each) => each.key !== key));
}

/** Gives back the letters of a conversation that nobody sends any more and that have not arrived, and forgets them. */
export function takeStranded(conversation, isSending, hasArrived) {
  const letters = readLetters(conversation);
  writeLetters(conversation, letters.filter(({ key }) => isSending(key)));
  return letters.filter(({ key }) => !isSending(key) && !hasArrived(key));
}

export function forgetDrafts() {
  try {
    Object.keys(sessionStorage).filter((key) => key.startsWith("vigil-draft:")).forEach((key) => sessionStorage.removeItem(key));
  } catch {
    // Nothing was kept, then.
  }
}

function readLetters(conversation) {
  return JSON.parse(read(wayOf(conversation)) || "[]");
}

function writeLetters(conversation, letters) {
  write(wayOf(conversation), letters.length ? JSON.stringify(letters) : "");
}

function read(key) {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function write(key, text) {
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    // Storage is closed to us: the words stay where they are for as long as the page does.
  }
}
