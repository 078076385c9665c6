// The thread of an open page: asks each second while it is seen what came since the cursor. The server draws the newest
// part anew, so that visits grow as they would on a fresh page; what was opened stays open. "Earlier" adds below.
const story = document.querySelector("[data-story]");
const EVERY = 1000;
const AT_MOST = 15000;
let wait = EVERY;
let timer = 0;
let asking = false;

function show(word) {
  const state = document.querySelector("[data-live-state]");
  if (!state) return;
  state.dataset.liveState = word;
  state.textContent = (word === "live" ? state.dataset.whenLive : state.dataset.whenLost) ?? "";
}

function put(html, fresh) {
  const newest = story.querySelector("[data-newest]");
  const open = [...newest.querySelectorAll("details[open]")].map((each) => each.closest("li").id);
  const focused = document.activeElement?.closest?.("[data-newest] li")?.id;
  newest.innerHTML = html;
  for (const id of open) document.getElementById(id)?.querySelector("details")?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.querySelector("summary, a")?.focus({ preventScroll: true });
  for (const id of fresh) document.getElementById(id)?.setAttribute("data-fresh", "");
  story.querySelector("[data-nothing]")?.remove();
}

function address() {
  const asked = new URL(story.dataset.since, location.href);
  for (const name of ["show", "bots"]) {
    const value = new URLSearchParams(location.search).get(name);
    if (value) asked.searchParams.set(name, value);
  }
  asked.searchParams.set("cursor", story.dataset.cursor);
  asked.searchParams.set("last", story.dataset.last);
  return asked;
}

async function ask() {
  if (asking || document.hidden) return;
  asking = true;
  try {
    const answer = await fetch(address(), { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(8000) });
    if (answer.status === 401) return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    const said = await answer.json();
    if (said.anew) return location.reload();
    if (said.html) put(said.html, said.fresh);
    if (said.last) story.dataset.last = said.last;
    story.dataset.cursor = said.cursor;
    wait = EVERY;
    show("live");
  } catch {
    wait = Math.min(AT_MOST, wait * 1.6);
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

async function earlier(link) {
  link.setAttribute("aria-busy", "true");
  const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return location.assign(link.href);
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const place = link.closest(".earlier");
  // A day that goes on is one day: its heading is not said twice.
  const days = [...story.querySelectorAll("[data-day]")];
  const last = days[days.length - 1];
  const first = holder.content.querySelector("[data-day]");
  if (last && first && last.dataset.day === first.dataset.day && !last.closest("[data-newest]")) {
    last.querySelector("ol").append(...first.querySelector("ol").children);
    first.remove();
  } else if (last && first && last.dataset.day === first.dataset.day) first.querySelector("h3").hidden = true;
  place.replaceWith(holder.content);
}

story?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-earlier]");
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  earlier(link);
});

if (story?.dataset.since) {
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : ask()));
  addEventListener("online", () => ((wait = EVERY), ask()));
  plan();
}
