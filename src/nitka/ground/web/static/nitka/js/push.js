// News of an order on this device: only by the button on its page. Which orders this browser follows is remembered here.
const push = document.getElementById("push");
if (push && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  const FOLLOWED = "nitka_push", button = push.querySelector("button"), said = push.querySelector("[role=status]");
  const code = push.dataset.code;
  const followed = () => {
    try {
      return JSON.parse(localStorage.getItem(FOLLOWED) ?? "[]");
    } catch {
      return [];
    }
  };
  const remember = (on) => {
    const others = followed().filter((each) => each !== code);
    localStorage.setItem(FOLLOWED, JSON.stringify(on ? [...others, code].slice(-50) : others));
  };
  const draw = (on) => button.setAttribute("aria-pressed", String(on));
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const same = (one, other) => one && one.byteLength === other.byteLength && new Uint8Array(one).every((each, place) => each === other[place]);

  async function subscription() {
    const manager = (await navigator.serviceWorker.ready).pushManager, key = bytes(push.dataset.key);
    const old = await manager.getSubscription();
    if (old && same(old.options.applicationServerKey, key)) return old;
    // It was bound to a key that this shop has no longer.
    await old?.unsubscribe();
    return manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  }
  async function tell(on) {
    const found = (await subscription()).toJSON();
    const body = new URLSearchParams({ do: on ? "follow" : "leave", endpoint: found.endpoint, ...found.keys });
    const answer = await fetch(push.dataset.action, { method: "POST", body });
    if (!answer.ok) throw new Error(String(answer.status));
  }
  button.addEventListener("click", async () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.disabled = true;
    try {
      if (on && (await Notification.requestPermission()) !== "granted") said.textContent = push.dataset.denied;
      else {
        await tell(on);
        remember(on);
        draw(on);
        said.textContent = on ? push.dataset.on : push.dataset.off;
      }
    } catch {
      said.textContent = push.dataset.failed;
    }
    button.disabled = false;
    button.focus();
  });
  const already = Notification.permission === "granted" && followed().includes(code);
  draw(already);
  if (already) said.textContent = push.dataset.on;
  push.hidden = false;
}
