// What the server finds by the words in the box: asked for once somebody pauses, and shown below what the page has itself.

import { parse } from "./fragments.js";

const PAUSE_MS = 160;
const SHORTEST = 2;

/** Returns what asks for words, or for none; `shown` is given the elements to show. */
export function finder(shown) {
  let timer = null;
  let asked = new AbortController();

  const fetchFound = async (words, signal) => {
    const body = new URLSearchParams({ words, csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value });
    try {
      const response = await fetch("/desk/search/box", { method: "POST", body, signal, headers: { "HX-Request": "true" } });
      if (response.ok) shown(parse(await response.text()));
    } catch {
      // The next letter asks again.
    }
  };
  return (words) => {
    clearTimeout(timer);
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    if ([...words.trim()].length < SHORTEST) return shown([]);
    timer = setTimeout(() => fetchFound(words, signal), PAUSE_MS);
    return null;
  };
}
