// What was begun and not sent, and what was sent and has not arrived, by conversation; kept for this tab, forgotten at sign-out.

const name = (conversation) => `vigil-draft:${document.body.dataset.agent}:${conversation}`;
const wayOf = (conversation) => `${name(conversation)}:sent`;

/** Tells what was written here and has not reached the server: text, kind and the version it was written upon; null where nothing was. */
export function unsavedDraft(conversation) {
  return JSON.parse(read(name(conversation)) || "null");
}

/** Keeps words until the server has them, also none in the place of some. */
export function keepDraft(conversation, draft) {
  write(name(conversation), JSON.stringify(draft));
}

export function forgetDraft(conversation) {
  write(name(conversation), "");
}

/** Puts two texts one behind the other, each once. */
export function joined(first, second) {
  if (first.includes(second)) return first;
  return second.includes(first) ? second : `${first}\n\n${second}`;
}

/** Gives what puts texts that come back before a field's words: one behind the other, in their order. */
export function comingBack() {
  let before = "";
  return (text, words) => {
    const follows = before && words.startsWith(before);
    const rest = follows ? words.slice(before.length).trimStart() : words;
    before = follows ? joined(before, text) : text;
    return rest ? joined(before, rest) : before;
  };
}

/** Keeps a letter until it is known to have arrived: the page it was written on may end before. */
export function keepLetter({ key, lane, body: { text, kind, files = [] } }, fileName) {
  writeLetters(lane, [...readLetters(lane), { key, text, kind, files: files.map((id) => ({ id, name: fileName(id) })) }]);
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
