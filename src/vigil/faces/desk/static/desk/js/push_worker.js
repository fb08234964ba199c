// What the browser runs when a push comes: it shows the words that came, unless somebody looks at the desk anyway.

const DESK = "/desk/";

async function show({ title, body, lang, url, tag }) {
  const pages = await desks();
  if (pages.some(({ visibilityState }) => visibilityState === "visible")) return;
  await self.registration.showNotification(title, { body, lang, tag, data: { url } });
}

// A desk that is open goes there; else one is opened.
async function go(url) {
  const [page] = await desks();
  if (!page) return self.clients.openWindow(url);
  await page.focus();
  return page.navigate(url);
}

async function desks() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.filter((page) => new URL(page.url).pathname.startsWith(DESK));
}

self.addEventListener("push", (event) => event.waitUntil(show(event.data.json())));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(go(event.notification.data.url));
});
// A newer version need not wait until every desk is shut.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
