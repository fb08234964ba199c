// Fragments of a page, as our own server writes them: escaped there, and put in as they are.

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [...template.content.children];
}

/** Fetches a fragment; null when there is none to be had now. */
export async function get(address) {
  try {
    const response = await fetch(address, { headers: { "HX-Request": "true" }, cache: "no-store" });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}
