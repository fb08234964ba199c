// A page that was open when the server became a newer one says so, quietly; what was begun is kept, whenever it is reloaded.

import { announce } from "../../look/js/announce.js";

/** Takes what the server says it serves now, as it says along with the counts: at once when the line comes back. */
export function showRelease(release) {
  const line = document.getElementById("release");
  if (!line?.hidden || release === document.body.dataset.release) return;
  line.hidden = false;
  announce(line.querySelector("span").textContent);
}

/** Reloads the page when its owner says so. */
export function reload_page(button) {
  button.addEventListener("click", () => location.reload());
}
