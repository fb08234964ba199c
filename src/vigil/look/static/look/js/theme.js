// Light, dark, or as the system says: chosen by the reader, kept on this device. theme_first.js applies it before the first paint.

export const THEMES = ["system", "light", "dark"];
const KEPT_AS = "vigil-theme";

export function theme() {
  try {
    const kept = localStorage.getItem(KEPT_AS);
    return THEMES.includes(kept) ? kept : "system";
  } catch {
    return "system"; // storage is closed to us, as in some private windows
  }
}

/** Shows the page in a theme and keeps the choice; other open tabs follow. */
export function chooseTheme(chosen) {
  try {
    if (chosen === "system") localStorage.removeItem(KEPT_AS);
    else localStorage.setItem(KEPT_AS, chosen);
  } catch {
    // Kept for this page only, then: the choice still shows.
  }
  apply(chosen);
}

/** Follows choices made in other tabs; returns the clean-up. */
export function followTheme() {
  const follow = (event) => event.key === KEPT_AS && apply(theme());
  addEventListener("storage", follow);
  return () => removeEventListener("storage", follow);
}

function apply(chosen) {
  if (chosen === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}
