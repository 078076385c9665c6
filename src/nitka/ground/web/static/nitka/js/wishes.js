// What is wished for: pages are the same for everybody, so the hearts of this browser are asked for apart, and only
// where a cookie says that there are any. Without this file a heart is a button that leads to the lists.
const wishing = document.getElementById("wishing");
if (wishing) {
  let mine = new Set();
  const headers = { Accept: "application/json" };
  const say = (text) => text && document.dispatchEvent(new CustomEvent("nitka:toast", { detail: text }));
  function draw(root = document) {
    for (const heart of root.querySelectorAll?.("[data-wish]") ?? []) heart.setAttribute("aria-pressed", String(mine.has(heart.value)));
  }
  async function ask() {
    draw();
    if (!/(?:^|; )nitka_wished=1/.test(document.cookie) || !document.querySelector("[data-wish]")) return;
    try {
      const answer = await fetch(wishing.dataset.mine, { headers });
      if (answer.ok) mine = new Set((await answer.json()).products), draw();
    } catch { /* hearts that stay empty still work */ }
  }
  function set(id, on) {
    on ? mine.add(id) : mine.delete(id);
    draw();
  }
  document.addEventListener("click", async (event) => {
    const heart = event.target.closest("[data-wish]");
    if (!heart) return;
    event.preventDefault();
    const id = heart.value, on = !mine.has(id);
    const body = new URLSearchParams({ product: id, variant: heart.form?.elements.variant?.value ?? "", off: on ? "" : "1" });
    set(id, on);
    try {
      const answer = await fetch(wishing.action, { method: "POST", headers, body });
      if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? "");
      say(on ? wishing.dataset.on : wishing.dataset.off);
    } catch (problem) {
      set(id, !on);
      say((problem.name === "Error" && problem.message) || wishing.dataset.failed);
    }
  });
  // A page that the browser kept for going back shows what was wished for since.
  addEventListener("pageshow", (event) => event.persisted && ask());
  document.addEventListener("htmx:load", (event) => draw(event.target));
  ask();
}
