// Keys for what is done a hundred times a day. Every key presses something that can be clicked as well.
const rows = () => [...document.querySelectorAll("[data-rows] [data-href]")];
const typing = (node) => node.closest("input, textarea, select, [contenteditable]") !== null;
let awaiting = 0;

function choose(row) {
  for (const other of document.querySelectorAll("[data-rows] [aria-selected=true]")) other.removeAttribute("aria-selected");
  if (!row) return;
  row.setAttribute("aria-selected", "true");
  const link = row.querySelector("a");
  if (link) link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  const at = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
  choose(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]);
}

function open() {
  const row = document.querySelector("[data-rows] [aria-selected=true]");
  if (row) location.assign(row.dataset.href);
  return Boolean(row);
}

function search() {
  const field = document.querySelector("[data-search]") || document.getElementById("q-all");
  if (!field) return;
  field.focus();
  field.select();
}

function press(key) {
  const node = document.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
  if (!node) return false;
  if (node.matches("summary")) {
    node.parentElement.open = true;
    const field = node.parentElement.querySelector("input:not([type=hidden]), select, textarea");
    if (field) field.focus();
  } else node.click();
  return true;
}

const go = (key) => {
  const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
  if (link) location.assign(link.href);
};

document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (typing(event.target)) return;
  if (Date.now() - awaiting < 1500) {
    awaiting = 0;
    return go(event.key);
  }
  const does = { j: () => step(1), k: () => step(-1), "/": search, g: () => (awaiting = Date.now()), "?": () => document.getElementById("keys")?.showModal() };
  if (event.key === "Enter") {
    if (!event.target.closest("a, button, summary, [role=button]") && open()) event.preventDefault();
  } else if (does[event.key]) {
    does[event.key]();
    event.preventDefault();
  } else if (/^[a-z]$/.test(event.key) && press(event.key)) event.preventDefault();
});

// The whole row opens, except where something in it can be pressed or text is being selected.
document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-rows] [data-href]");
  if (!row || event.target.closest("a, button, input, select, summary, label") || String(getSelection())) return;
  if (event.metaKey || event.ctrlKey) open_tab(row.dataset.href);
  else location.assign(row.dataset.href);
});
const open_tab = (href) => window.open(href, "_blank", "noopener");

// A table wider than the screen is scrolled by keyboard too, where nothing in it takes the focus.
const wide = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    const stuck = target.scrollWidth > target.clientWidth && !target.querySelector("a[href], button, input:not([type=hidden]), select, summary");
    if (stuck) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const scroller of document.querySelectorAll(".scroller")) wide.observe(scroller);

// A row of pages or languages that is wider than a phone shows where one is.
for (const current of document.querySelectorAll(".tabs [aria-current], .beside [aria-current]")) {
  const row = current.closest(".tabs, .beside");
  const there = current.getBoundingClientRect();
  const seen = row.getBoundingClientRect();
  if (there.right > seen.right) row.scrollLeft += there.right - seen.right + 24;
}
