// Says a sentence to those who listen to the page instead of looking at it.

const regions = new Map();

/** Announces `sentence`: politely after what is being read, or at once when it is `urgent`. The same sentence twice is said twice. */
export function announce(sentence, { urgent = false } = {}) {
  const region = regionFor(urgent);
  region.textContent = "";
  // A region must be empty for a moment, or a reader takes the same words for no news.
  setTimeout(() => { region.textContent = sentence; }, 50);
}

/** Puts the empty regions into the page early, for some readers miss the first words of a region that is born with them. */
export function prepareAnnouncements() {
  regionFor(false);
  regionFor(true);
}

function regionFor(urgent) {
  const known = regions.get(urgent);
  if (known?.isConnected) return known;
  const region = document.createElement("div");
  region.className = "sr";
  region.setAttribute("role", urgent ? "alert" : "status");
  region.setAttribute("aria-live", urgent ? "assertive" : "polite");
  document.body.append(region);
  regions.set(urgent, region);
  return region;
}
