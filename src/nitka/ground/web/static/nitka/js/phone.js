// The shop on a phone: the worker that keeps cart and orders readable without a net, and what such pages say of it.
const root = document.documentElement;
const OWN = "nitka-own", KEPT = "Nitka-Kept";
if (root.dataset.face === "storefront" && "serviceWorker" in navigator && isSecureContext) {
  const worker = navigator.serviceWorker;
  const moment = (iso) => new Intl.DateTimeFormat(root.lang, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
  const register = async () => {
    const known = Boolean(worker.controller);
    try {
      await worker.register("/service-worker.js", { updateViaCache: "none" });
      if (!known) (await worker.ready).active.postMessage({ do: "here" });
    } catch { /* a browser that forbids workers shops as well */ }
  };
  // After all that the page itself needs.
  const soon = () => (window.requestIdleCallback ?? setTimeout)(register);
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon, { once: true });

  const list = document.querySelector("[data-kept-pages]");
  if (root.dataset.kept || list) {
    // A net is no shop yet: the page comes anew once the shop answers.
    const look = async () => {
      if (document.visibilityState !== "visible") return;
      try {
        const answer = await fetch(document.querySelector("link[rel=manifest]").href, { cache: "no-store" });
        if (answer.ok && (root.dataset.kept || location.pathname !== `/${root.lang}/offline`)) location.reload();
      } catch { /* not yet */ }
    };
    setInterval(look, 10000);
    addEventListener("online", () => setTimeout(look, 1000));
  }
  const notice = document.getElementById("kept");
  if (root.dataset.kept && notice) {
    notice.hidden = false;
    notice.append(" ", moment(root.dataset.kept));
    document.getElementById("main")?.prepend(notice);
    // Nothing can be changed here, and nothing shall look as if it could.
    for (const control of document.querySelectorAll("#main :is(button, input, select, textarea)")) control.disabled = true;
  }
  const pages = async () => {
    const own = (await caches.has(OWN)) ? await caches.open(OWN) : null;
    const found = [];
    for (const request of (await own?.keys()) ?? []) {
      const answer = await own.match(request), kept = answer.headers.get(KEPT);
      if (!kept) continue;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      found.push({ href: new URL(request.url).pathname, title: page.querySelector("h1")?.textContent.trim() || page.title, kept });
    }
    return found.sort((one, other) => other.kept.localeCompare(one.kept));
  };
  const show = async () => {
    const found = await pages();
    list.hidden = !found.length;
    list.querySelector("ul").replaceChildren(...found.map((each) => {
      const line = document.createElement("li"), link = document.createElement("a"), time = document.createElement("time");
      Object.assign(link, { href: each.href, textContent: each.title });
      Object.assign(time, { dateTime: each.kept, textContent: moment(each.kept) });
      line.append(link, " ", time);
      return line;
    }));
  };
  if (list) {
    show();
    list.querySelector("button").addEventListener("click", async () => {
      await caches.delete(OWN);
      worker.controller?.postMessage({ do: "forget" });
      show();
      document.getElementById("main")?.focus();
    });
  }
}
