// A sentence under the thread's head, for what could not be done; it goes by itself, or when it is touched, and moves nothing.

const STAYS_MS = 8000;

export function toast(sentence, tone = "bad") {
  const region = document.getElementById("toasts");
  const head = document.getElementById("head");
  region.style.setProperty("--under-head", head ? `${head.offsetTop + head.offsetHeight}px` : "0px");
  const line = document.createElement("p");
  line.className = "strip round";
  line.dataset.tone = tone;
  line.textContent = sentence;
  line.addEventListener("click", () => line.remove());
  region.append(line);
  setTimeout(() => line.remove(), STAYS_MS);
}

/** Shows what the server says about a refusal, beside the field where the form it was asked by has a place for it; `otherwise` where it says nothing. */
export function toastRefusal(xhr, otherwise, asker) {
  if (xhr.status === 401) return location.reload();
  // What a key asks for, no form asks for.
  const place = asker?.closest?.("form")?.querySelector("[data-refusal]");
  const show = place ? (sentence) => (place.textContent = sentence) : toast;
  try {
    return show(JSON.parse(xhr.responseText).message || otherwise);
  } catch {
    return show(otherwise);
  }
}
