// Runs before the first paint, so that a page chosen to be dark never flashes white; theme.js does everything else.
try {
  const kept = localStorage.getItem("vigil-theme");
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
} catch {
  // Storage is closed to us: the system's choice holds.
}
