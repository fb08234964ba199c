// The head of a thread is drawn anew when something has happened; whoever stood there with the keyboard stands there still.

let stoodAt = null;

/** Gives the focus back after the head was replaced, unless somebody has taken it elsewhere in the meantime. */
export function keepFocus() {
  document.addEventListener("htmx:beforeSwap", remember);
  document.addEventListener("htmx:afterSwap", restore);
}

/** Takes away beforehand what another conversation replaces, or the browser lays out both and htmx says farewell to each element. */
export function clearTheWay() {
  const clear = ({ detail: { target, shouldSwap } }) => {
    if (!shouldSwap || (target.id !== "thread" && target.id !== "facts")) return;
    if (target.contains(document.activeElement)) document.activeElement.blur();
    target.replaceChildren();
  };
  document.addEventListener("htmx:beforeSwap", clear);
  document.addEventListener("htmx:oobBeforeSwap", clear);
}

function remember() {
  const element = document.activeElement;
  // A choice in the menu is gone with the menu: its opener is what stays.
  if (element?.closest("#head")) stoodAt = element.id || "more";
}

function restore() {
  const element = stoodAt && document.getElementById(stoodAt);
  stoodAt = null;
  if (element && document.activeElement === document.body) element.focus({ preventScroll: true });
}
