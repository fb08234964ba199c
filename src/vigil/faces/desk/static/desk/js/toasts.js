// A sentence in the corner, for what could not be done; it goes by itself, or when it is touched.

const STAYS_MS = 8000;

export function toast(sentence, tone = "bad") {
  const region = document.getElementById("toasts");
  const line = document.createElement("p");
  line.className = "strip round";
  line.dataset.tone = tone;
  line.textContent = sentence;
  line.addEventListener("click", () => line.remove());
  region.append(line);
  setTimeout(() => line.remove(), STAYS_MS);
}

/** Shows what the server says about a refusal, beside the field where its form has a place for it; `otherwise` where it says nothing. */
export function toastRefusal(xhr, otherwise, form) {
  if (xhr.status === 401) return location.reload();
  const place = form?.querySelector?.("[data-refusal]");
  const show = place ? (sentence) => (place.textContent = sentence) : toast;
  try {
    return show(JSON.parse(xhr.responseText).message || otherwise);
  } catch {
    return show(otherwise);
  }
}
