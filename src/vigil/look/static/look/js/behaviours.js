// Attaches small behaviours to whatever carries `data-behaviour`, now or later, and cleans up when it leaves the page.

/** `table` maps a name to (element) => cleanup or nothing; an element may carry several names. Returns the clean-up of all. */
export function attachBehaviours(table, root = document.body) {
  const attached = new Map();

  const attach = (element) => {
    if (attached.has(element)) return;
    const names = element.dataset.behaviour.split(/\s+/).filter((name) => name in table);
    attached.set(element, names.map((name) => table[name](element)));
  };
  const detach = (element) => {
    attached.get(element)?.forEach((cleanup) => cleanup?.());
    attached.delete(element);
  };
  const observer = new MutationObserver((changes) => {
    // Moved is not removed: only what is out of the page at the end of the change is let go.
    for (const change of changes) for (const node of change.removedNodes) carriers(node).filter((each) => !each.isConnected).forEach(detach);
    for (const change of changes) for (const node of change.addedNodes) if (node.isConnected) carriers(node).forEach(attach);
  });
  carriers(root).forEach(attach);
  observer.observe(root, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    [...attached.keys()].forEach(detach);
  };
}

function carriers(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const inside = [...node.querySelectorAll("[data-behaviour]")];
  return node.matches("[data-behaviour]") ? [node, ...inside] : inside;
}
