/* Shows a notice of ours and opens its page. It keeps nothing, fetches nothing and answers no page. */
"use strict";
self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

/* Only ever a page of this very site */
function inside(link) {
  var url = new URL(link || "/", self.location.origin);
  return url.origin === self.location.origin ? url.href : self.location.origin + "/";
}

self.addEventListener("push", function (event) {
  var told = {};
  try { told = event.data.json(); } catch (broken) { /* a notice must be shown whatever came */ }
  event.waitUntil(self.registration.showNotification(told.words || "1", {
    tag: told.tag || "one", renotify: Boolean(told.urgent), requireInteraction: Boolean(told.urgent),
    data: { link: inside(told.link) }
  }));
});

self.addEventListener("notificationclick", function (event) {
  var link = inside(event.notification.data && event.notification.data.link);
  event.notification.close();
  event.waitUntil(self.clients.matchAll({ type: "window", includeUncontrolled: true }).then(function (pages) {
    var open = pages.filter(function (page) { return page.url === link; })[0];
    return open ? open.focus() : self.clients.openWindow(link);
  }));
});
