// The page of an order follows it: asks each second while one looks, and is told "nothing new" for next to nothing.
const order = document.querySelector("#order-live[data-live]");
if (order) {
  const EACH = 1000, TROUBLE = 15000;
  let tag = "", timer;
  async function look() {
    let wait = EACH;
    try {
      const answer = await fetch(order.dataset.live, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
      if (answer.status === 200) {
        tag = answer.headers.get("ETag") ?? "";
        const text = await answer.text();
        put(text);
      } else if (answer.status !== 304) wait = TROUBLE;
    } catch { wait = TROUBLE; }
    timer = setTimeout(next, wait);
  }
  function put(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").body;
    // A reader's place and focus stay where they are while nothing is different.
    if (fresh.innerHTML.trim() === order.innerHTML.trim()) return;
    const focused = document.activeElement?.closest("#order-live a")?.getAttribute("href");
    order.replaceChildren(...fresh.childNodes);
    if (focused) order.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  function next() {
    clearTimeout(timer);
    if (document.visibilityState === "visible") look();
  }
  document.addEventListener("visibilitychange", next);
  timer = setTimeout(next, EACH);
}
