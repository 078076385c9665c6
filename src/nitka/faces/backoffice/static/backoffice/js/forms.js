// Forms: filters apply at once, an unsaved page warns, a second press of the same button does nothing.
const changed = new Set();

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form) return;
  if (form.hasAttribute("data-filter") && event.target.matches("select, input[type=date], input[type=checkbox]")) form.requestSubmit();
  if (form.hasAttribute("data-keep")) changed.add(form);
  const row = event.target.closest("[data-edit]");
  if (row) row.setAttribute("data-changed", "");
});

document.addEventListener("submit", (event) => {
  changed.delete(event.target);
  // Empty filters need no place in an address that people send to each other.
  if (event.target.method === "get")
    for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  if (event.target.dataset.sent && Date.now() - event.target.dataset.sent < 4000 && event.target.method === "post") event.preventDefault();
  event.target.dataset.sent = Date.now();
});

window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form[method=get] :disabled")) field.disabled = false;
});
window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-open]");
  if (!tab) return;
  const panel = document.getElementById(tab.dataset.open);
  if (!panel) return;
  event.preventDefault();
  panel.open = true;
  panel.scrollIntoView({ block: "nearest" });
});
