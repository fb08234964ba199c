// What is only needed at times comes when it is needed.

const again = {}; // what is added to the address of a part that did not come

/** Imports a part by its name. Where something on the way answered in its place and had that kept, the next call is not told the same. */
export const later = (name) => import(`/widget/later-${name}.js${again[name] ?? ""}`).catch((error) => {
  again[name] = "?" + Date.now();
  throw error;
});
