// Less and more beside a number; without this file the number field has its own.
function ready(root) {
  for (const stepper of root.querySelectorAll("[data-stepper]")) {
    for (const button of stepper.querySelectorAll("[data-step]")) button.hidden = false;
  }
}
ready(document);
document.addEventListener("htmx:load", (event) => ready(event.detail.elt));
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-stepper] [data-step]");
  if (!button) return;
  const input = button.closest("[data-stepper]").querySelector("input");
  const before = input.value;
  if (button.dataset.step > 0) input.stepUp();
  else input.stepDown();
  if (input.value !== before) input.dispatchEvent(new Event("change", { bubbles: true }));
});
