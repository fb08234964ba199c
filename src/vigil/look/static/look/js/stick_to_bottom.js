// Keeps a list of words at its newest end, unless somebody has scrolled up to read: then what they read stays where it is.

const NEAR_PX = 48;

/** Watches `scroller`, whose only child grows; `onAway(away)` hears when the newest words leave or enter sight. Returns {toBottom, isAtBottom, stop}. */
export function stickToBottom(scroller, onAway = () => {}) {
  const content = scroller.firstElementChild;
  let atBottom = true;
  let anchor = null;

  const remember = () => {
    const now = distance(scroller) <= NEAR_PX;
    if (now !== atBottom) onAway(!now);
    atBottom = now;
    anchor = atBottom ? null : firstInSight(scroller, content);
  };
  const hold = () => {
    if (atBottom) toBottom(scroller);
    else if (anchor?.element.isConnected) scroller.scrollTop += offset(scroller, anchor.element) - anchor.top;
    anchor = atBottom ? null : firstInSight(scroller, content);
  };
  // We anchor ourselves, for not every browser does, and two that do would move it twice.
  scroller.style.setProperty("overflow-anchor", "none");
  scroller.addEventListener("scroll", remember, { passive: true });
  const observer = new ResizeObserver(hold);
  observer.observe(content);
  observer.observe(scroller);
  return {
    toBottom: () => toBottom(scroller),
    isAtBottom: () => distance(scroller) <= NEAR_PX,
    stop: () => {
      observer.disconnect();
      scroller.removeEventListener("scroll", remember);
    },
  };
}

// A column that runs in reverse counts its scroll from the bottom, in negative numbers.
function isReversed(scroller) {
  return getComputedStyle(scroller).flexDirection === "column-reverse";
}

function distance(scroller) {
  return isReversed(scroller) ? -scroller.scrollTop : scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
}

function toBottom(scroller) {
  scroller.scrollTop = isReversed(scroller) ? 0 : scroller.scrollHeight;
}

function offset(scroller, element) {
  return element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}

function firstInSight(scroller, content) {
  const element = [...content.children].find((each) => offset(scroller, each) + each.offsetHeight > 0);
  return element ? { element, top: offset(scroller, element) } : null;
}
