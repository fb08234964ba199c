// Words that crossed: a reply waits until what the customer wrote meanwhile was in sight, or until the agent says that it may go.
// What has not reached this page the server knows: a reply says which entry it was written upon, and comes back where more was said.

const SEEN_MS = 1200; // as long as it takes to notice a new bubble

/** Holds a reply of the composer's form while a customer's message that came after the page was drawn has not been seen. */
export function hold_crossed(form) {
  const thread = form.closest("[data-conversation]");
  const entries = thread.querySelector("#entries");
  const guard = form.querySelector('[data-slot="crossed"]');
  const last = Number(thread.dataset.lastSeq);
  const unseen = new Map(); // each with the timer that runs while it is in sight
  let shown = last; // the number of the newest words here
  let missed = null; // what a reply that came back was written upon
  let mayGo = false;

  // Whoever has seen one has been past those before it.
  const see = (message) => {
    const all = [...unseen.keys()];
    for (const each of all.slice(0, all.indexOf(message) + 1)) {
      clearTimeout(unseen.get(each));
      unseen.delete(each);
      sight.unobserve(each);
    }
    // What came back says so until the agent decides: its words stand in the field again, and nothing else tells that they did not go.
    if (!unseen.size && missed === null) guard.hidden = true;
  };
  const nextToRead = () => [...unseen.keys()][0] ?? [...entries.children].find((each) => missed !== null && isNews(each, missed));
  const look = ({ target, isIntersecting }) => {
    if (!unseen.has(target)) return;
    clearTimeout(unseen.get(target));
    const timer = isIntersecting && document.visibilityState === "visible" ? setTimeout(see, SEEN_MS, target) : null;
    unseen.set(target, timer);
  };
  const sight = new IntersectionObserver((changes) => changes.forEach(look), { root: thread.querySelector(".flow"), threshold: 0.6 });
  const arrivals = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (isNews(node, last) && !unseen.has(node)) {
      shown = Math.max(shown, Number(node.dataset.seq));
      unseen.set(node, null);
      sight.observe(node);
    }
  });
  const watch = () => [...unseen.keys()].forEach((message) => {
    // Whoever comes back to the page sees it only from now on.
    sight.unobserve(message);
    sight.observe(message);
  });

  arrivals.observe(entries, { childList: true });
  document.addEventListener("visibilitychange", watch);
  form.addEventListener("sending", (event) => {
    guard.hidden = !unseen.size || mayGo;
    if (!guard.hidden) event.preventDefault();
    else if (!mayGo) event.detail.seen = shown;
    if (guard.hidden) missed = null;
    mayGo = false;
  });
  form.addEventListener("refused", ({ detail }) => {
    if (detail.code !== "crossed") return;
    missed = detail.seen;
    guard.hidden = false;
  });
  guard.addEventListener("click", ({ target }) => {
    const choice = target.closest("button");
    if (!choice) return;
    guard.hidden = true;
    const first = nextToRead();
    missed = null;
    if (choice.name === "send") {
      mayGo = true;
      form.requestSubmit();
    } else {
      first?.scrollIntoView({ block: "start" });
      form.elements.text.focus({ preventScroll: true });
    }
  });
  return () => {
    [...unseen.values()].forEach(clearTimeout);
    arrivals.disconnect();
    sight.disconnect();
    document.removeEventListener("visibilitychange", watch);
  };
}

function isNews(node, last) {
  return node.nodeType === Node.ELEMENT_NODE && node.dataset.kind === "message" && Number(node.dataset.seq) > last;
}
