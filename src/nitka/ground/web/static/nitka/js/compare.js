// What was put aside to compare: names of products in this browser alone, newest last, four at most. Without this file
// each button leads to the page that compares, where others can be added.
const KEPT = "nitka_compare", MOST = 4;
const bar = document.getElementById("comparing");
if (bar) {
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT) ?? "[]").filter((each) => typeof each === "string").slice(-MOST);
    } catch {
      return [];
    }
  };
  const table = document.querySelector("[data-compared]");
  // The address is what counts: who opens a page that compares goes on from there.
  let kept = table ? table.dataset.compared.split(" ") : read();

  function keep(slugs) {
    kept = slugs.slice(-MOST);
    try {
      localStorage.setItem(KEPT, JSON.stringify(kept));
    } catch { /* a browser that keeps nothing still shows the page */ }
    draw();
  }
  function draw() {
    for (const button of document.querySelectorAll("[data-compare]")) {
      button.setAttribute("aria-pressed", String(kept.includes(button.dataset.compare)));
    }
    bar.hidden = !kept.length || Boolean(table);
    bar.querySelector("p").textContent = bar.dataset.words.replace("%(n)s", kept.length);
    const link = bar.querySelector("a");
    link.href = `${link.pathname}?${new URLSearchParams(kept.map((slug) => ["p", slug]))}`;
  }
  function dress(root) {
    for (const button of root.querySelectorAll?.("[data-compare]") ?? []) button.setAttribute("role", "button");
    draw();
  }
  const toggle = (slug) => keep(kept.includes(slug) ? kept.filter((each) => each !== slug) : [...kept, slug]);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-compare]");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggle(button.dataset.compare);
  });
  document.addEventListener("keydown", (event) => {
    const button = event.key === " " && event.target.closest?.("[data-compare]");
    if (button) event.preventDefault(), toggle(button.dataset.compare);
  });
  document.addEventListener("click", (event) => {
    const gone = event.target.closest("[data-compare-remove]");
    if (gone) keep(kept.filter((each) => each !== gone.dataset.compareRemove));
  });
  bar.querySelector("button").addEventListener("click", () => keep([]));
  document.addEventListener("htmx:load", (event) => dress(event.target));
  addEventListener("storage", (event) => {
    if (event.key === KEPT && !table) kept = read(), draw();
  });
  if (table) keep(kept);
  dress(document);
}
