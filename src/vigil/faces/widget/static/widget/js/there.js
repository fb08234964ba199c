// A time that an agent has written, as the clock of whoever reads it shows it.

import { localTime } from "../../look/js/local_time.js";
import { say } from "../../look/js/words.js";

const OFFSET = /([+-])(\d\d):(\d\d)$/;
const days = new Intl.DateTimeFormat("en-CA", { dateStyle: "short" });

/** Says behind a time what it is here; nothing where both clocks show the same. `iso` is on the writer's clock, and `hasDay` says that a day was written. */
export function times([, , iso, hasDay]) {
  const moment = new Date(iso);
  const [, sign, hours, minutes] = OFFSET.exec(iso);
  if (-moment.getTimezoneOffset() === Number(`${sign}1`) * (60 * hours + Number(minutes))) return "";
  const [here, there] = [days.format(moment), iso.slice(0, 10)];
  const which = hasDay || here === there ? "same" : here > there ? "next" : "before";
  const node = document.createElement("time");
  Object.assign(node, { className: "there", dateTime: iso, lang: document.documentElement.lang });
  sentences().then((each) => { node.textContent = ` (${say(each[which], { time: localTime(iso, hasDay ? "both" : "time") })})`; });
  return node;
}

// They come with the sheets, which every open conversation asks for.
function sentences() {
  return new Promise((resolve) => {
    const look = () => {
      const found = document.getElementById("there");
      if (!found) return;
      observer.disconnect();
      resolve(found.dataset);
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    look();
  });
}
