// What a visitor allows, for scripts: Google's Consent Mode v2 in window.dataLayer, and the event `nitka:consent`.
// The cookie `nitka_consent` is the truth; a page from a cache may show the bar to somebody who has answered.
const root = document.documentElement;
if (root.dataset.face === "storefront") {
  const bar = document.getElementById("consent");
  const gpc = navigator.globalPrivacyControl === true;
  const read = () => {
    const found = /(?:^|; )nitka_consent=v1\.([a-])([p-])([s-])\./.exec(document.cookie);
    const on = (place) => Boolean(found) && found[place] !== "-";
    return { analytics: on(1), personalisation: on(2), advertising: on(3) && !gpc, answered: Boolean(found), gpc };
  };
  const word = (yes) => (yes ? "granted" : "denied");
  window.dataLayer = window.dataLayer || [];
  // Google's tags know a command by its being an `arguments`, not a list.
  function gtag() { window.dataLayer.push(arguments); }
  function signals(now) {
    return {
      ad_storage: word(now.advertising), ad_user_data: word(now.advertising), ad_personalization: word(now.advertising),
      analytics_storage: word(now.analytics), personalization_storage: word(now.personalisation),
      functionality_storage: "granted", security_storage: "granted",
    };
  }
  function tell() {
    const now = read();
    if (now.answered) gtag("consent", "update", signals(now));
    root.dataset.consent = Object.keys(now).filter((name) => now[name] === true).join(" ");
    document.dispatchEvent(new CustomEvent("nitka:consent", { detail: now }));
  }
  gtag("consent", "default", { ...signals({}), wait_for_update: 500 });
  if (bar && read().answered) bar.hidden = true;
  for (const [name, asked] of [["gpc", gpc], ["dnt", navigator.doNotTrack === "1"]]) {
    if (asked) for (const said of document.querySelectorAll(`[data-heard="${name}"]`)) said.hidden = false;
  }
  if (gpc) for (const tick of document.querySelectorAll("[name=purpose][value=advertising]")) { tick.checked = false; tick.disabled = true; }
  // After all of our modules have begun to listen.
  queueMicrotask(tell);

  if (bar) bar.addEventListener("submit", async (event) => {
    const form = event.target, pressed = event.submitter;
    if (form.dataset.plain) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    body.set(pressed.name, pressed.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const held = bar.contains(document.activeElement);
      bar.hidden = true;
      if (held) document.getElementById("main")?.focus({ preventScroll: true });
      tell();
    } catch {
      form.dataset.plain = "true";
      form.requestSubmit(pressed);
    }
  });
}
