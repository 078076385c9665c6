// Suggestions below the search box: the combobox pattern of WAI-ARIA, with options that are links.
for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.querySelector("input[name=q]");
  const list = document.createElement("div");
  list.className = "suggestions";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  list.hidden = true;
  form.parentElement.append(list);
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  let timer, asking, marked = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];
  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    mark(-1);
  }
  function mark(place) {
    const all = options();
    marked = all.length ? ((place + 1 + all.length + 1) % (all.length + 1)) - 1 : -1;
    all.forEach((option, index) => option.setAttribute("aria-selected", String(index === marked)));
    if (marked < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", all[marked].id);
    all[marked].scrollIntoView({ block: "nearest" });
  }
  async function ask() {
    const text = input.value.trim();
    asking?.abort();
    if (text.length < 2) return show(false);
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: asking.signal });
      if (!answer.ok) return show(false);
      list.innerHTML = await answer.text();
      show(options().length > 0 && document.activeElement === input);
    } catch { /* a newer question took its place, or there is no net: the form still works */ }
  }
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) ask();
    else if (event.key === "ArrowDown") mark(marked + 1);
    else if (event.key === "ArrowUp" && !list.hidden) mark(marked - 1);
    else if (event.key === "Escape" && !list.hidden) show(false);
    else if (event.key === "Enter" && marked >= 0) options()[marked].click();
    else return;
    event.preventDefault();
  });
  form.parentElement.addEventListener("focusout", (event) => {
    if (!form.parentElement.contains(event.relatedTarget)) show(false);
  });
  // The pointer must not take the focus away before its click has landed.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
}
