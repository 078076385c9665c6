// The cart, live: after a change the focus goes to what it said, if it said something; and a screen reader hears what
// lies in it now. A moment later: what changes in the same breath as a dialog opens is not read out.
const aloud = document.getElementById("cart-said");
document.addEventListener("htmx:afterSwap", (event) => {
  if (!["cart-live", "cart-page"].includes(event.detail.target.id)) return;
  const root = event.detail.target;
  const said = root.querySelector("[data-kind=error], .undo");
  if (said && !root.contains(document.activeElement)) said.querySelector("button")?.focus({ preventScroll: true });
  const words = root.querySelector("[data-said]");
  if (aloud && words) setTimeout(() => { aloud.textContent = words.content.textContent; }, 300);
});
