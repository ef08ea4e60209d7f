// The worker that shows notices while the market is closed. It keeps nothing and changes no page.
self.addEventListener("push", (event) => {
  const content = event.data?.json() ?? {};
  const isOurs = typeof content.title === "string" && /^\/(?!\/)/.test(content.path ?? "");
  const title = isOurs ? content.title : "Pasar Malam";
  const options = { body: isOurs ? content.text : "", tag: content.tag, data: { path: isOurs ? content.path : "/" }, icon: "/static/img/icon-192.png" };
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data.path));
});

async function show(path) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = pages.find((page) => new URL(page.url).pathname === path);
  return open ? open.focus() : self.clients.openWindow(path);
}
