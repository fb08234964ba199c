// Times on the agent's clock, written as the server writes them: 24 hours, in the page's language.

const zone = document.body.dataset.zone || undefined;
const language = document.documentElement.lang || undefined;
const formats = { false: format({}), true: format({ second: "2-digit" }) };
const days = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });

function format(more) {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone, ...more });
}

export function clockTime(moment, seconds = false) {
  return formats[seconds].format(new Date(moment));
}

/** Says whether two moments lie on one day of the agent's. */
export function isSameDay(one, other) {
  return days.format(new Date(one)) === days.format(new Date(other));
}

/** Keeps the clock of somebody else's zone going while it is looked at. */
export function clock_of_zone(element) {
  const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: element.dataset.zone });
  const show = () => {
    const now = clock.format(new Date());
    if (element.textContent !== now) element.textContent = now;
  };
  const timer = setInterval(show, 5000);
  return () => clearInterval(timer);
}
