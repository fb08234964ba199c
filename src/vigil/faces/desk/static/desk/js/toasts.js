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

/** Shows what the server says about a refusal; `otherwise` where it says nothing we can show. */
export function toastRefusal(xhr, otherwise) {
  if (xhr.status === 401) return location.reload();
  try {
    return toast(JSON.parse(xhr.responseText).message || otherwise);
  } catch {
    return toast(otherwise);
  }
}
