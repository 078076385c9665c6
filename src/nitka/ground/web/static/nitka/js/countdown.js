// "if you order in 3 h 12 min": counts down by the minute; when the hour has passed, the page is asked again.
const clocks = [...document.querySelectorAll("time[data-countdown]")];
function askAgain() {
  // Once in ten minutes at most: the reader's clock may be ahead of ours.
  const last = Number(sessionStorage.getItem("nitka-asked-again"));
  if (document.visibilityState !== "visible" || document.querySelector("dialog[open]") || Date.now() - last < 600000) return;
  sessionStorage.setItem("nitka-asked-again", String(Date.now()));
  location.reload();
}
function tick() {
  for (const clock of clocks) {
    const left = Math.floor((new Date(clock.dateTime) - Date.now()) / 60000);
    if (left < 0) return askAgain();
    const text = left >= 60 ? clock.dataset.hours : clock.dataset.minutes;
    clock.textContent = text.replace("%(h)s", Math.floor(left / 60)).replace("%(m)s", left % 60);
  }
}
if (clocks.length) {
  setInterval(tick, 20000);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tick());
}
