// The switch for being told while the desk is shut: asks the browser for leave on a click, and never before.

import { bytes } from "./passkey.js";

const WORKER = "/desk/push-worker.js";

/** Shows whether this browser is told, and turns it on and off. */
export function nudges(card) {
  const [on, off] = ["on", "off"].map((turn) => card.querySelector(`[data-turn="${turn}"]`));
  const state = card.querySelector('[role="status"]');

  const show = (isOn, why = isOn ? "on" : "off") => {
    state.textContent = card.querySelector(`template[data-say="${why}"]`).content.textContent;
    on.hidden = isOn || why === "unable" || why === "denied";
    off.hidden = !isOn;
  };
  const work = (button, deed) => button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await deed();
    } catch {
      show(!off.hidden, "failed");
    }
    button.disabled = false;
    (on.hidden ? off : on).focus();
  });

  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
    show(false, "unable");
    return;
  }
  work(on, async () => {
    if ((await Notification.requestPermission()) !== "granted") return show(false, "denied");
    await subscribe(card);
    return show(true);
  });
  work(off, async () => {
    await post(card, card.dataset.endUrl, {});
    await (await subscription())?.unsubscribe();
    show(false);
  });
  settle(card, show);
}

async function settle(card, show) {
  const { state } = await navigator.permissions.query({ name: "notifications" });
  const isTold = "on" in card.dataset;
  const isOn = isTold && state === "granted" && Boolean(await subscription());
  show(isOn, isOn ? "on" : state === "denied" ? "denied" : "off");
  // What the browser has forgotten, the server forgets too.
  if (isTold && !isOn) await post(card, card.dataset.endUrl, {}).catch(() => false);
}

async function subscribe(card) {
  const registration = await navigator.serviceWorker.register(WORKER, { scope: "/desk/" });
  await navigator.serviceWorker.ready;
  const key = bytes(card.dataset.key);
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = made.toJSON();
  await post(card, card.dataset.url, { endpoint, key: keys.p256dh, auth: keys.auth });
}

async function subscription() {
  const registration = await navigator.serviceWorker.getRegistration("/desk/");
  return registration?.pushManager.getSubscription();
}

async function post(card, url, values) {
  const csrfmiddlewaretoken = card.querySelector("[name=csrfmiddlewaretoken]").value;
  const response = await fetch(url, { method: "POST", body: new URLSearchParams({ ...values, csrfmiddlewaretoken }), headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`answered ${response.status}`);
}
