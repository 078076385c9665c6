// Served at /service-worker.js below one line that the server writes: const SHOP = { version, shell, languages }.
// Pages come from the net, always. Without one there are the cart and the orders as this device last saw them, if the
// server allowed to keep them (Nitka-Keep), else a page that says so. Nothing of a person is kept but on this device,
// and it goes at sign-out. A new version takes over at once: pages come from the net and files are named by content,
// so old and new never mix.
const FILES = `nitka-files-${SHOP.version}`;
const OWN = "nitka-own";
const MOST = 24;
const LONGEST = 60 * 24 * 3600 * 1000;
let forgotten = 0;

function languageOf(path) {
const first = path.split("/")[1];
return SHOP.languages.includes(first) ? first : "";
}

async function put(name, path) {
const answer = await fetch(path, { cache: "no-cache", credentials: "omit" });
if (answer.ok) await (await caches.open(name)).put(path, answer);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

async function install() {
const windows = await clients.matchAll({ includeUncontrolled: true, type: "window" });
const languages = new Set(windows.map((each) => languageOf(new URL(each.url).pathname)));
for (const old of (await caches.keys()).filter((name) => name.startsWith("nitka-files-"))) {
for (const request of await (await caches.open(old)).keys()) {
if (request.url.endsWith("/offline")) languages.add(languageOf(new URL(request.url).pathname));
}
}
languages.delete("");
const pages = [...languages].map((language) => `/${language}/offline`);
// One file that is missing must not keep the rest away.
await Promise.allSettled([...SHOP.shell, ...pages].map((path) => put(FILES, path)));
await self.skipWaiting();
}

async function activate() {
for (const name of await caches.keys()) {
if (name.startsWith("nitka-files-") && name !== FILES) await caches.delete(name);
}
await self.registration.navigationPreload?.enable();
await clients.claim();
}

self.addEventListener("fetch", (event) => {
const request = event.request;
const url = new URL(request.url);
if (url.origin !== location.origin) return;
if (request.method === "POST" && url.pathname.endsWith("/account/sign-out")) event.waitUntil(forget());
if (request.method !== "GET") return;
if (request.mode === "navigate") {
if (languageOf(url.pathname)) event.respondWith(page(event, url));
} else if (url.pathname.startsWith("/static/")) {
event.respondWith(file(request));
} else if (url.pathname.startsWith("/media/") || url.pathname.startsWith("/accent-")) {
event.respondWith(fetch(request).catch(async () => (await caches.match(request.url)) ?? Response.error()));
}
});

async function page(event, url) {
try {
const answer = (await event.preloadResponse) ?? (await fetch(event.request));
event.waitUntil(look(url, answer, answer.headers.get("Nitka-Keep") ? answer.clone() : null));
return answer;
} catch {
return (await seen(url.pathname)) ?? (await without(url.pathname)) ?? Response.error();
}
}

async function seen(path) {
return (await caches.open(OWN)).match(path);
}

async function without(path) {
return (await caches.open(FILES)).match(`/${languageOf(path)}/offline`);
}

// What may be kept is kept; what was kept and may be seen no longer goes. The link's secret is no part of its name.
async function look(url, answer, copy) {
const language = languageOf(url.pathname);
if (copy && answer.ok) await keep(url.pathname, copy);
else if (answer.status < 500) await (await caches.open(OWN)).delete(url.pathname);
if (answer.ok && !(await without(url.pathname))) await put(FILES, `/${language}/offline`);
}

async function keep(path, answer) {
const before = forgotten;
const text = await answer.text();
const now = new Date().toISOString();
const headers = new Headers(answer.headers);
for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
headers.set("Nitka-Kept", now);
if (before !== forgotten) return;
const own = await caches.open(OWN);
await own.put(path, new Response(text.replace("<html ", `<html data-kept="${now}" `), { headers }));
await Promise.allSettled(pictures(text).map(async (picture) => (await own.match(picture)) || put(OWN, picture)));
await tidy(own);
if (before !== forgotten) await caches.delete(OWN);
}

function pictures(text) {
return [...new Set(Array.from(text.matchAll(/src=\x22(\/media\/[^\x22]+)\x22/g), (found) => found[1]))].slice(0, 12);
}

// Pages beyond the newest, and old ones, go; then the pictures that no page shows.
async function tidy(own) {
const pages = [];
const others = [];
for (const request of await own.keys()) {
const answer = await own.match(request);
const kept = answer.headers.get("Nitka-Kept");
if (kept) pages.push({ request, kept, answer });
else others.push(request);
}
pages.sort((one, other) => other.kept.localeCompare(one.kept));
const shown = new Set();
for (const [place, each] of pages.entries()) {
if (place >= MOST || Date.now() - Date.parse(each.kept) > LONGEST) await own.delete(each.request);
else for (const picture of pictures(await each.answer.text())) shown.add(new URL(picture, location.origin).href);
}
for (const request of others) if (!shown.has(request.url)) await own.delete(request);
}

// A file that is named by its content never changes; any other is asked for first.
async function file(request) {
const known = await caches.match(request);
if (known && (known.headers.get("Cache-Control") ?? "").includes("immutable")) return known;
try {
const answer = await fetch(request);
if (answer.status === 200 && (answer.headers.get("Cache-Control") ?? "").includes("immutable")) {
const copy = answer.clone();
caches.open(FILES).then((files) => files.put(request, copy)).catch(() => {});
}
return answer;
} catch {
return known ?? Response.error();
}
}

async function forget() {
forgotten += 1;
await caches.delete(OWN);
}

self.addEventListener("message", (event) => {
const said = event.data ?? {};
if (said.do === "forget") event.waitUntil(forget().then(() => event.source?.postMessage({ done: "forget" })));
if (said.do === "here") event.waitUntil(here(new URL(event.source.url)));
});

// The page that brought this worker here was loaded without it.
async function here(url) {
const language = languageOf(url.pathname);
if (!language) return;
if (!(await without(url.pathname))) await put(FILES, `/${language}/offline`);
if (!/\/(cart|order|account)/.test(url.pathname)) return;
const answer = await fetch(url, { cache: "no-store" });
if (answer.headers.get("Nitka-Keep") && !answer.redirected) await look(url, answer, answer.clone());
}

self.addEventListener("push", (event) => {
let news = {};
try {
news = event.data.json();
} catch { /* what we cannot read still has to be shown: browsers ask for it */ }
const { title = SHOP.name, ...rest } = news;
event.waitUntil(self.registration.showNotification(title, {
body: rest.body, tag: rest.tag, lang: rest.language, icon: SHOP.icon, badge: SHOP.badge, data: { path: rest.path },
}));
});

self.addEventListener("notificationclick", (event) => {
event.notification.close();
const wanted = new URL(event.notification.data?.path ?? "/", location.origin);
if (wanted.origin === location.origin) event.waitUntil(open(wanted));
});

async function open(wanted) {
const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
const there = windows.find((each) => new URL(each.url).pathname === wanted.pathname);
return there ? there.focus() : clients.openWindow(wanted.href);
}
