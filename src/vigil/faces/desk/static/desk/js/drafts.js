// What was begun and not sent, by conversation; kept for this tab, forgotten at sign-out.

const name = (conversation) => `vigil-draft:${document.body.dataset.agent}:${conversation}`;

export function readDraft(conversation) {
  try {
    return sessionStorage.getItem(name(conversation)) ?? "";
  } catch {
    return "";
  }
}

export function keepDraft(conversation, text) {
  try {
    if (text) sessionStorage.setItem(name(conversation), text);
    else sessionStorage.removeItem(name(conversation));
  } catch {
    // Storage is closed to us: the words stay in their field for as long as it is there.
  }
}

export function forgetDrafts() {
  try {
    Object.keys(sessionStorage).filter((key) => key.startsWith("vigil-draft:")).forEach((key) => sessionStorage.removeItem(key));
  } catch {
    // Nothing was kept, then.
  }
}
