// The head of a thread is drawn anew when something has happened; whoever stood there with the keyboard stands there still.

let stoodAt = null;

/** Remembers where the focus is before the head is replaced. */
export function rememberFocus() {
  const element = document.activeElement;
  // A choice in the menu is gone with the menu: its opener is what stays.
  if (element?.closest("#head")) stoodAt = element.id || "more";
}

/** Gives the focus back, unless somebody has taken it elsewhere in the meantime. */
export function restoreFocus() {
  const element = stoodAt && document.getElementById(stoodAt);
  stoodAt = null;
  if (element && document.activeElement === document.body) element.focus({ preventScroll: true });
}
