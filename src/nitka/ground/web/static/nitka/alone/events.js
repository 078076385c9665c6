// What a visitor does, told to the shop's own collector in the words of Segment's API. Only after a yes (the cookie
// `nitka_consent`), ended at once by a no. Never what is typed; addresses and errors lose mails, phones and keys.
// Pages say what happened in <template data-event="Product Viewed">{…}</template>, also in parts that come later.
const script = document.querySelector("script[data-write-key]");
const QUEUE = "nitka_events", MOST = 300, OLDEST = 7 * 864e5, BATCH = 2e4, REST = 300;
const CLICKS = /^(\w*(clk?id|braid|_[ce]id|_fat_id)|gclsrc|gad_\w+|srsltid|sccid|igshid|epik|_kx|_hsenc)$/i;
const TAGS = /^(?:utm|mtm|pk|piwik)_(campaign|source|medium|term|kwd|keyword|content|id)$/i;
const SECRET = /^(k|nk|key|code|sig|state|next)$|mail|phone|tel|token|secret|pass|auth|session|name|user|address/i;
const MAIL = /[^\s/?&=#;,:<>\x22\x27]+(@|%40)[^\s/?&=#;,<>\x22\x27]+/gi;
// A phone number; a key: long, with small, large letters and digits in one word.
const OTHER = /(?<![\w-])(\+|%2B)?\(?\d[\d\s().-]{7,16}\d(?![\w-])|(?=\w*\d)(?=\w*[A-Z])\w{20,}/g;

let on, page, from = document.referrer, landing, products, told, pending, sending, wait, deepest, begun, vitals;
let seen = new WeakSet(), streak = 0, last = {}, mutated = 0, scrolled = 0, selected = 0;

const now = () => performance.now();
const hush = (text) => String(text).replace(MAIL, "***").replace(OTHER, "***").slice(0, 300);
const id = () => crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join("-");
const cookie = (name) => document.cookie.split("; ").find((each) => each.startsWith(name + "="))?.slice(name.length + 1) ?? "";
const hear = (name, act, where = document) => where.addEventListener(name, act, true);
const track = (name, properties, once) => tell("track", name, properties, once);

function consent() {
  const given = cookie("nitka_consent"), may = (place) => given.startsWith("v1.") && given[place] !== "-";
  return { analytics: may(3), personalisation: may(4), advertising: may(5) && !navigator.globalPrivacyControl };
}
function visitor() {
  if (!cookie("nitka_visitor")) document.cookie = `nitka_visitor=${id()};path=/;max-age=34128000;samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;
  return cookie("nitka_visitor");
}
function clean(text) {
  if (!text) return { href: "" };
  const url = new URL(text, location);
  for (const [name, value] of [...url.searchParams]) if (SECRET.test(name) || CLICKS.test(name) || hush(value) !== value) url.searchParams.delete(name);
  url.hash = url.username = url.password = "";
  url.pathname = hush(url.pathname);
  return url;
}

// --- The queue: kept over pages and without a net, sent again under the same ids until it was taken
function kept() {
  try { return JSON.parse(localStorage[QUEUE] ?? "[]"); } catch { return []; }
}
function keep(events) {
  try { if (events.length) localStorage[QUEUE] = JSON.stringify(events); else localStorage.removeItem(QUEUE); } catch { /* the storage is full */ }
}
function tell(type, name, properties, once) {
  // Asked anew: a page that is left by the answer to a form still hears of leaving when the no is kept already.
  const given = consent(), at = clean(page);
  if (!on || !given.analytics) return;
  const event = {
    type, messageId: once ? `${name}-${once}` : id(), anonymousId: visitor(), timestamp: new Date().toISOString(),
    [type === "page" ? "name" : "event"]: name, properties, context: {
      ...landing, page: { path: at.pathname, search: at.search, url: at.href, title: hush(document.title), referrer: clean(from).href },
      locale: navigator.language, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      screen: { width: screen.width, height: screen.height, density: devicePixelRatio }, userAgent: navigator.userAgent,
      webdriver: navigator.webdriver || undefined, library: { name: "nitka", version: "1" }, consent: { ...given, categoryPreferences: given },
    },
  };
  if (type === "page") event.properties = event.context.page;
  keep([...kept(), event].slice(-MOST));
  if (document.visibilityState === "hidden") leave();
  else later(wait || REST);
}
function later(rest) {
  clearTimeout(pending);
  pending = setTimeout(send, rest);
}
function batch() {
  let room = BATCH;
  const events = kept().filter((event, place) => (room -= JSON.stringify(event).length) > 0 || !place);
  return [events, JSON.stringify({ writeKey: script.dataset.writeKey, sentAt: new Date().toISOString(), batch: events })];
}
async function send() {
  const [events, body] = batch();
  if (!on || sending || !events.length) return;
  sending = true;
  let again = true;
  try {
    const answer = await fetch("/v1/b", { method: "POST", keepalive: true, headers: { "Content-Type": "text/plain" }, body });
    again = [408, 410, 429].includes(answer.status) || answer.status > 499;
    wait = 1e3 * answer.headers.get("Retry-After") || wait;
  } catch { /* no net: it stays in the queue */ }
  sending = false;
  wait = again ? Math.min(2 * (wait || 1e3), 6e4) : 0;
  if (!again) {
    const done = new Set(events.map((event) => event.messageId));
    keep(kept().filter((event) => !done.has(event.messageId)));
  }
  if (kept().length) later(wait);
}
function leave() {
  const [events, body] = batch();
  if (on && events.length) navigator.sendBeacon("/v1/b", body);
}

// --- What happens
function arrive() {
  page = location.href;
  told = new Set();
  products = [];
  deepest = 0;
  begun = now();
  landing = { mailToken: landing?.mailToken };
  for (const [name, value] of new URL(page).searchParams) {
    const tag = TAGS.exec(name)?.[1].toLowerCase();
    if (tag) (landing.campaign ??= {})[{ campaign: "name", kwd: "term", keyword: "term" }[tag] ?? tag] ??= value.replace(MAIL, "***").slice(0, 200);
    if (CLICKS.test(name)) (landing.clickIds ??= {})[name.toLowerCase()] = value.slice(0, 300);
  }
  tell("page", script.dataset.page);
  look();
  scroll();
}
function move() {
  if (!on || new URL(page).pathname === location.pathname) return;
  depth();
  from = page;
  landing = {};
  arrive();
}
function look() {
  for (const block of document.querySelectorAll("template[data-event]")) {
    if (seen.has(block)) continue;
    seen.add(block);
    const properties = JSON.parse(block.content.textContent), { products: list, ...rest } = properties;
    for (const each of list ?? []) products.push({ list_id: rest.list_id, currency: rest.currency, ...each });
    if (properties.query) properties.query = hush(properties.query);
    track(block.dataset.event, properties, block.dataset.once);
  }
  for (const field of document.querySelectorAll("[aria-invalid=true]")) wrong(field, "refused");
}
function wrong(field, kind) {
  once("Form Error", { form: field.form?.id || clean(field.form?.action).pathname, field: field.name, kind });
}
function once(name, properties) {
  const key = name + JSON.stringify(properties);
  if (on && told.size < 50 && !told.has(key)) track(name, properties);
  told?.add(key);
}
function depth() {
  if (deepest > 0) track("Page Scrolled", { depth: Math.min(100, Math.round(deepest)), seconds: Math.round((now() - begun) / 1e3) });
  deepest = -Math.abs(deepest);
}
function scroll() {
  scrolled = now();
  const most = 100 * (scrollY + innerHeight) / document.documentElement.scrollHeight;
  if (most > Math.abs(deepest) + 1) deepest = most;
}
function named(element) {
  const inside = element.parentElement?.closest("[id]");
  return [inside ? `#${inside.id} ` : "", element.localName, element.id && "#" + element.id, ...[...element.classList].map((each) => "." + each)].join("");
}
function click(event) {
  const target = event.target, link = target.closest("a[href]"), deed = target.closest("[data-click]");
  if (!on) return;
  if (deed) track(deed.dataset.click, JSON.parse(deed.dataset.with));
  const product = link && products.find((each) => each.url === link.pathname);
  if (product) track("Product Clicked", product);
  // Keys press without a place; a stepper and a field are there to be pressed often.
  if (!event.detail || target.closest("input,select,textarea,label,option,summary,[data-stepper]")) return;
  const at = now(), { clientX: x, clientY: y } = event;
  streak = Math.abs(x - last.x) + Math.abs(y - last.y) <= 30 && at - last.at <= 1e3 ? streak + 1 : 1;
  last = { x, y, at };
  if (streak === 3) track("Rage Clicked", { element: named(target) });
  if (target.closest("html>body>*") && !target.closest('a[href]:not([href^="#"]),video,audio')) dead(target, at);
}
function dead(target, at) {
  setTimeout(() => {
    if (scrolled >= at || selected >= at) return;
    setTimeout(() => { if (mutated < at) track("Dead Clicked", { element: named(target) }); }, 2400);
  }, 100);
}
function failed(message, source, line) {
  once("JavaScript Error", { message: hush(message), source: clean(source).pathname, line });
}
function measure(all) {
  for (const metric of ["CLS", "FCP", "INP", "LCP", "TTFB"]) all["on" + metric](({ value, rating, navigationType: navigation }) => track("Web Vital Measured", { metric, value: +value.toFixed(3), rating, navigation }));
}

// --- On and off
function turn() {
  const yes = consent().analytics;
  if (!yes) keep([]);
  else keep(kept().filter((event) => Date.now() - Date.parse(event.timestamp) < OLDEST));
  if (yes === on) return;
  on = yes;
  clearTimeout(pending);
  if (!on) return;
  seen = new WeakSet();
  arrive();
  if (script.dataset.vitals) vitals ??= import(script.dataset.vitals).then(measure, () => {});
}
if (script) {
  const url = new URL(location);
  landing = { mailToken: url.searchParams.get("nk") || undefined };
  if (landing.mailToken) {
    url.searchParams.delete("nk");
    history.replaceState(history.state, "", url);
  }
  new MutationObserver(() => {
    mutated = now();
    move();
    if (on) look();
  }).observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
  hear("nitka:consent", turn);
  hear("nitka:track", ({ detail }) => track(detail.event, detail.properties));
  hear("click", click);
  hear("scroll", scroll);
  hear("selectionchange", () => { selected = now(); });
  hear("invalid", ({ target }) => { for (const kind in target.validity) if (kind !== "valid" && target.validity[kind]) return wrong(target, kind); });
  hear("error", ({ message, filename, lineno }) => { if (message) failed(message, filename, lineno); }, window);
  hear("unhandledrejection", ({ reason }) => failed(reason?.message ?? reason), window);
  hear("online", () => later(0), window);
  hear("pageshow", ({ persisted }) => { if (on && persisted) arrive(); }, window);
  // Not in the capture: what is measured at the end of a visit is measured before.
  addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    depth();
    leave();
  });
  hear("prerenderingchange", turn);
  if (!document.prerendering) turn();
}
