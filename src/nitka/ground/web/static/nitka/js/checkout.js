// The checkout, live: what was chosen or typed is kept and counted anew by the server, which sends the page; of it only
// the parts that changed are put in place. Without this file the same form is sent by its buttons.
const form = document.getElementById("checkout");
if (form) {
  const COUNTS = new Set(["country", "billing_country", "delivery", "payment", "postcode", "region", "line1", "city", "email", "use_credit", "vat_number", "buys_for"]);
  let asking, timer;

  async function update(extra) {
    asking?.abort();
    asking = new AbortController();
    const fields = new FormData(form);
    if (!extra) for (const code of ["code", "gift_card"]) fields.delete(code);
    for (const [name, value] of Object.entries(extra ?? {})) fields.set(name, value);
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.update, {
        method: "POST", body: new URLSearchParams(fields), headers: { "HX-Request": "true" }, signal: asking.signal,
      });
      if (answer.redirected) return location.assign(answer.url);
      if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"), extra);
      form.removeAttribute("aria-busy");
    } catch (trouble) {
      if (trouble.name !== "AbortError") form.removeAttribute("aria-busy"); // no net: the button still works
    }
  }
  function show(fresh, extra) {
    const focused = document.activeElement?.id;
    fresh.getElementById("errors")?.removeAttribute("autofocus");
    const other = document.getElementById("checkout-address").dataset.fields !== fresh.getElementById("checkout-address")?.dataset.fields;
    const parts = ["checkout-delivery", "checkout-payment", "checkout-summary", ...(other ? ["checkout-address"] : [])];
    for (const id of parts) put(id, fresh, extra);
    if (!other) invoiceFields(fresh);
    for (const name of ["version", "seen_total", "seen_due", "seen_more", "key"]) form.elements[name].value = fresh.querySelector(`input[name="${name}"]`).value;
    for (const place of [".pay", ".arrives", "#checkout-said"]) {
      const [now, then] = [form.querySelector(place), fresh.querySelector(place)];
      if (now && then && (place !== "#checkout-said" || extra || then.children.length === 0 || then.querySelector("[data-kind=warn]"))) now.replaceChildren(...then.childNodes);
    }
    for (const knot of form.querySelectorAll(".steps > li")) {
      const same = [...fresh.querySelectorAll(".steps > li")][[...knot.parentElement.children].indexOf(knot)];
      if (same) knot.dataset.state = same.dataset.state;
    }
    fieldErrors(fresh);
    const wrong = extra && form.querySelector(".code [aria-invalid]");
    if (wrong) return wrong.focus();
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }
  function put(id, fresh, extra) {
    const [now, then] = [document.getElementById(id), fresh.getElementById(id)];
    if (!now || !then) return;
    const chosen = [...now.querySelectorAll("input:checked")].find((input) => input === document.activeElement);
    if (id === "checkout-summary") then.open ||= now.open;
    if (!extra) keepTyped(now, then);
    now.replaceWith(then);
    if (chosen) then.querySelector(`input[name="${chosen.name}"][value="${CSS.escape(chosen.value)}"]`)?.focus({ preventScroll: true });
  }
  // Another field was counted while a code or a word is being typed: its fold stays open and its letters stay.
  function keepTyped(now, then) {
    for (const area of now.querySelectorAll("textarea")) {
      const same = then.querySelector(`textarea[name="${area.name}"]`);
      if (same) same.value ||= area.value;
    }
    for (const fold of now.querySelectorAll("details.code[open]")) {
      const field = fold.querySelector("input");
      const same = then.querySelector(`details.code input[name="${field.name}"]`);
      if (!same) continue;
      same.closest("details").open = true;
      same.value ||= field.value;
    }
  }
  function invoiceFields(fresh) {
    const [now, then] = [form.querySelector(".other-invoice .cells"), fresh.querySelector(".other-invoice .cells")];
    if (now && then && now.dataset.country !== then.dataset.country) now.replaceWith(then);
  }
  // A field that the server would not take says so beside it, also while the rest is still empty.
  function fieldErrors(fresh) {
    for (const field of form.querySelectorAll("#checkout-contact .field, #checkout-address .field")) {
      const input = field.querySelector("input, select");
      const then = input && fresh.getElementById(input.id)?.closest(".field");
      if (!then || document.activeElement === input) continue;
      field.toggleAttribute("data-wrong", then.hasAttribute("data-wrong"));
      field.querySelector(".error")?.remove();
      const error = then.querySelector(".error");
      if (error) field.append(error);
      for (const name of ["aria-invalid", "aria-describedby"]) {
        const value = then.querySelector("input, select").getAttribute(name);
        if (value) input.setAttribute(name, value);
        else input.removeAttribute(name);
      }
    }
  }
  form.addEventListener("change", (event) => {
    if (!COUNTS.has(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(update, 120);
  });
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    clearTimeout(timer);
    const goes = pressed?.getAttribute("formaction");
    if (goes && goes !== form.dataset.update) return; // a question with a page of its own
    if (goes) {
      event.preventDefault();
      const field = pressed.closest(".code")?.querySelector("input");
      const code = field ? { [field.name]: field.value } : {};
      return update(pressed.name ? { [pressed.name]: pressed.value } : code);
    }
    // Pressing twice makes one order anyway; the button says that it was heard.
    const button = form.querySelector("[data-once]");
    clearTimeout(timer);
    asking?.abort();
    form.setAttribute("aria-busy", "true");
    setTimeout(() => { button.disabled = true; }, 0);
  });
  addEventListener("pageshow", () => {
    form.querySelector("[data-once]").disabled = false;
    form.removeAttribute("aria-busy");
  });
  // Browsers that cannot keep a fold open by style alone.
  if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60rem)").matches) document.getElementById("checkout-summary").open = true;
  document.getElementById("errors")?.focus();
}
