// Small choices that outlive the page, where a browser lets them; never a word of what is said.

/** Under this name the language is kept that was chosen in this frame. */
export const LANGUAGE = "vigil-language";

/** Under this name, that answers are to be heard. */
export const SOUND = "vigil-sound";

const memory = new Map();

/** Reads what was chosen, or null. */
export function kept(name) {
  try {
    return localStorage.getItem(name) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

/** Keeps a choice, or forgets it; storage that is closed to us keeps it as long as the page is open. */
export function keep(name, value) {
  memory.set(name, value);
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // Memory has it.
  }
}
