// A field that grows with its words, also where style alone cannot do that: `field-sizing` came late to Safari.

/** Gives `field` the height of its words, within what its style allows; to be called after each change of them. */
export function grow(field) {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = 0;
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}
