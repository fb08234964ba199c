// Shows every <time datetime> on the reader's clock, in the page's language; the whole moment stands in its title.

const SHOWN = {
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  date: { day: "numeric", month: "long" },
  day: { weekday: "long", day: "numeric", month: "long" },
  both: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
};
const WHOLE = { dateStyle: "full", timeStyle: "long" };

/** Shows the moments below `root` and those that come later; returns the clean-up. `zone` defaults to the reader's own. */
export function showLocalTimes(root, { zone, language } = {}) {
  const clock = clockOf(zone, language);
  const show = (node) => node.nodeType === Node.ELEMENT_NODE && momentsIn(node).forEach((each) => showOne(each, clock));
  show(root);
  const observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") showOne(change.target, clock);
      else change.addedNodes.forEach(show);
    }
  });
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["datetime"] });
  return () => observer.disconnect();
}

/** Writes one moment (ISO 8601) as `shown`: time, date, day or both. */
export function localTime(iso, shown = "time", { zone, language } = {}) {
  return clockOf(zone, language)(iso, shown).text;
}

function clockOf(zone, language = document.documentElement.lang || undefined) {
  const formats = new Map();
  const format = (options) => {
    const key = JSON.stringify(options);
    if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language, { ...options, timeZone: zone }));
    return formats.get(key);
  };
  return (iso, shown) => {
    const moment = new Date(iso);
    if (Number.isNaN(moment.getTime())) return null;
    return { text: format(SHOWN[shown] ?? SHOWN.time).format(moment), whole: format(WHOLE).format(moment) };
  };
}

function momentsIn(element) {
  const inside = [...element.querySelectorAll("time[datetime]")];
  return element.matches("time[datetime]") ? [element, ...inside] : inside;
}

function showOne(element, clock) {
  const shown = clock(element.getAttribute("datetime"), element.dataset.show);
  if (!shown) return;
  if (element.textContent !== shown.text) element.textContent = shown.text;
  element.title = shown.whole;
}
