// A service worker that answers every request, as those of many apps do that work offline: browsers tell such a page
// nothing of how much of a request is sent.
self.oninstall = () => self.skipWaiting();
self.onactivate = (event) => event.waitUntil(self.clients.claim());
self.onfetch = (event) => event.respondWith(fetch(event.request));
