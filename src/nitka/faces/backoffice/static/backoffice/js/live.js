// Orders and messages as they come: asks each second while the page is seen what changed since the cursor. The cursor only moves
// when an answer was taken in whole, so a dropped connection costs a delay and never an order.
// Looked up each time, for a search replaces the table.
const live = () => document.querySelector("[data-live]");
const title = document.title;
const EVERY = 1000;
const AT_MOST = 15000;
let wait = EVERY;
let fresh = 0;
let timer = 0;
let asking = false;

function make(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content.firstElementChild;
}

function put(table, each) {
  const old = document.getElementById(`${table.dataset.of || "order"}-${each.id}`);
  if (!each.shown) {
    old?.remove();
    return false;
  }
  const row = make(each.html);
  const rises = each.fresh && table.hasAttribute("data-rises") && table.hasAttribute("data-first-page");
  if (old && !rises) {
    if (old.getAttribute("aria-selected") === "true") row.setAttribute("aria-selected", "true");
    const focused = old.contains(document.activeElement);
    old.replaceWith(row);
    if (focused) row.querySelector("a")?.focus({ preventScroll: true });
    row.setAttribute("data-changed", "");
    return false;
  }
  if (!each.fresh || !table.hasAttribute("data-first-page")) return false;
  old?.remove();
  table.querySelector("tbody").prepend(row);
  row.setAttribute("data-fresh", "");
  document.querySelector("[data-live-empty]")?.remove();
  table.hidden = false;
  const most = Number(table.dataset.most || 0);
  const all = table.querySelectorAll("tbody > tr");
  if (most && all.length > most) all[all.length - 1].remove();
  return true;
}

function count(counts) {
  for (const [key, words] of Object.entries(counts)) {
    for (const node of document.querySelectorAll(`[data-tab="${CSS.escape(key)}"] .count, [data-count="${CSS.escape(key)}"]`)) node.textContent = words;
  }
}

function show(word) {
  const state = document.querySelector("[data-live-state]");
  if (state) state.dataset.liveState = word;
  if (state) state.textContent = (word === "live" ? state.dataset.whenLive : state.dataset.whenLost) ?? "";
}

async function ask() {
  if (asking || document.hidden) return;
  const table = live();
  if (!table) return plan();
  asking = true;
  try {
    const address = new URL(table.dataset.live, location.href);
    for (const [name, value] of new URLSearchParams(location.search)) address.searchParams.set(name, value);
    address.searchParams.set("cursor", table.dataset.cursor);
    const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(8000) });
    if (answer.status === 401) return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const said = await answer.json();
    if (table !== live()) return;
    let added = 0;
    for (const each of said.rows) if (put(table, each)) added += 1;
    table.dataset.cursor = said.cursor;
    count(said.counts ?? {});
    fresh += added;
    document.title = fresh ? `(${fresh}) ${title}` : title;
    wait = said.more ? 0 : EVERY;
    show("live");
  } catch {
    wait = Math.min(AT_MOST, Math.max(EVERY, wait) * 1.6);
    show("lost");
  } finally {
    asking = false;
    plan();
  }
}

function plan() {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(ask, wait);
}

function seen() {
  fresh = 0;
  document.title = title;
}

if (live()) {
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : ask()));
  addEventListener("online", () => ((wait = EVERY), ask()));
  addEventListener("pointermove", seen, { passive: true });
  addEventListener("keydown", seen);
  plan();
}
