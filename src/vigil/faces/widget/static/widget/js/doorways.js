// The ways by which files come in: the two pickers of each form, paste, and drop.

/** Hands every file that comes in by `frame` to `files`. */
export function takeFiles(frame, files) {
  for (const pick of frame.querySelectorAll("[data-pick]")) {
    pick.addEventListener("change", () => {
      files.add(pick.files);
      // The same file chosen again is a choice as well.
      pick.value = "";
    });
  }
  const carried = (event) => [...((event.clipboardData ?? event.dataTransfer)?.files ?? [])];
  const take = (event) => {
    delete frame.dataset.dropping;
    const found = carried(event);
    if (!found.length) return;
    event.preventDefault();
    files.add(found);
  };
  const isFile = (event) => event.dataTransfer.types.includes("Files");
  frame.addEventListener("paste", take);
  frame.addEventListener("drop", take);
  frame.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    frame.dataset.dropping = "";
  });
  frame.addEventListener("dragleave", (event) => { if (!frame.contains(event.relatedTarget)) delete frame.dataset.dropping; });
}
