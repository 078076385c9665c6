// The cart, live: after a change the focus goes to what it said, if it said something.
document.addEventListener("htmx:afterSwap", (event) => {
  if (!["cart-live", "cart-page"].includes(event.detail.target.id)) return;
  const root = event.detail.target;
  const said = root.querySelector("[data-kind=error], .undo");
  if (said && !root.contains(document.activeElement)) said.querySelector("button")?.focus({ preventScroll: true });
});
