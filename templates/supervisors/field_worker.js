{% load static %}/* Keeps the pages of the field at hand where there is no network. It sees what lies below its own address and nothing else, keeps the
   pages of one person only, and sends nothing: static/field.js does, once it knows who is signed in. */
"use strict";

const SCOPE = new URL(self.registration.scope).pathname;
const ASSETS = [
  "{% static 'css/bootstrap.min.css' %}", "{% static 'portal.css' %}", "{% static 'icons.svg' %}", "{% static 'seal.svg' %}",
  "{% static 'portal.js' %}", "{% static 'leaving.js' %}", "{% static 'field_store.js' %}", "{% static 'field.js' %}",
];
const ASSET_CACHE = `field-assets ${ASSETS.join(" ")}`;
const PAGES = "field-pages-";
const PAGE = new RegExp(`^${SCOPE}([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/)?$`);
const NEVER_CHANGES = /\.[0-9a-f]{12}\.\w+$/; // a name that holds the fingerprint of its content
const PATIENCE = 5000;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    await (await caches.open(ASSET_CACHE)).addAll(ASSETS.map((one) => new Request(one, { cache: "reload" })));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    await drop((name) => name.startsWith("field-assets") && name !== ASSET_CACHE);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (ASSETS.includes(url.pathname)) event.respondWith(asset(event.request, url.pathname));
  else if (event.request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(page(event.request, url.pathname));
});

self.addEventListener("message", (event) => {
  const { user, paths } = event.data || {};
  if (!user || !paths) return;
  event.waitUntil(keepOnly(user, paths.filter((path) => PAGE.test(path))).then((isWhole) => event.ports[0]?.postMessage(isWhole)));
});

async function drop(which) {
  for (const name of await caches.keys()) if (which(name)) await caches.delete(name);
}

async function asset(request, path) {
  const kept = await (await caches.open(ASSET_CACHE)).match(path);
  if (kept && NEVER_CHANGES.test(path)) return kept;
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await (await caches.open(ASSET_CACHE)).put(path, fresh.clone());
    return fresh;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/* The network first; what is kept when there is none, or when it lets one wait. */
async function page(request, path) {
  const asked = fetch(request).then(async (response) => {
    await keep(path, response.clone());
    return response;
  });
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, "late"));
  try {
    const first = await Promise.race([asked, late]);
    if (first !== "late") return first;
  } catch (error) {
    const kept = await keptPage(path);
    if (kept) return kept;
    throw error;
  }
  const kept = await keptPage(path);
  if (!kept) return asked;
  asked.catch(() => {});
  return kept;
}

async function keptPage(path) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const found = await (await caches.open(name)).match(path);
    if (found) return found;
  }
  return undefined;
}

/* A page for somebody else than before means that somebody else has signed in: what was kept is his no longer. */
async function keep(path, response) {
  const user = response.headers.get("X-Field-User");
  if (!response.ok || !user) return;
  await drop((name) => name.startsWith(PAGES) && name !== PAGES + user);
  await (await caches.open(PAGES + user)).put(path, response);
}

/* Keeps these pages and forgets those of inspections that are over; returns whether all of them are at hand. */
async function keepOnly(user, paths) {
  const cache = await caches.open(PAGES + user);
  for (const request of await cache.keys()) if (!paths.includes(new URL(request.url).pathname)) await cache.delete(request);
  for (const path of paths) {
    try {
      const response = await fetch(path, { credentials: "same-origin", redirect: "error" });
      if (response.headers.get("X-Field-User") === user) await keep(path, response);
    } catch {
      // no network: what is kept stays
    }
  }
  return (await cache.keys()).length >= paths.length;
}
