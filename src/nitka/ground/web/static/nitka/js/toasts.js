// Toasts leave after a while, but never while one reads or reaches for their button.
const toasts = document.getElementById("toasts");
if (toasts) {
  const LIFE = 8000;
  function live(toast) {
    let timer = setTimeout(() => toast.remove(), LIFE);
    const stay = () => clearTimeout(timer);
    const leave = () => { timer = setTimeout(() => toast.remove(), LIFE / 2); };
    for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stay);
    for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, leave);
    toast.addEventListener("submit", () => setTimeout(() => toast.remove(), 50));
  }
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === 1) live(node);
  }).observe(toasts, { childList: true });
  // A modal drawer lies above everything, so its toasts must lie in it.
  const drawer = document.getElementById("drawer");
  if (drawer) {
    new MutationObserver(() => (drawer.open ? drawer : document.body).append(toasts)).observe(drawer, { attributeFilter: ["open"] });
  }
  document.addEventListener("nitka:toast", (event) => {
    const toast = document.createElement("div");
    toast.textContent = event.detail;
    toasts.append(toast);
  });
}
