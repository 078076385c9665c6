// Choosing a variant in place. Every text comes from the list of variants in the page; without this file each value
// is a link to the same page with that variant.
const decision = document.querySelector("[data-variants]");
const variants = [...(decision?.querySelectorAll("[data-all] > li") ?? [])].map((item) => ({
  ...item.dataset,
  options: Object.fromEntries(item.dataset.options.split(" ").filter(Boolean).map((pair) => pair.split("="))),
}));
if (variants.length) {
  const part = (name) => decision.querySelector(`[data-part="${name}"]`);
  const hidden = decision.querySelector("input[name=variant]");
  const groups = [...decision.querySelectorAll("[data-option]")];
  const links = (group) => [...group.querySelectorAll("a[data-value]")];
  const likeness = (one, other) => Object.keys(one).filter((code) => one[code] === other[code]).length;
  const nearest = (chosen, code, value) =>
    variants
      .filter((each) => each.options[code] === value)
      .sort((a, b) => likeness(b.options, chosen.options) - likeness(a.options, chosen.options) || b.buyable.length - a.buyable.length)[0];

  function choose(chosen) {
    hidden.value = chosen.id;
    const price = part("price");
    if (price.querySelector(".now")) reprice(price, chosen);
    const stock = part("stock");
    stock.dataset.band = chosen.band;
    stock.querySelector("strong").textContent = chosen.stock;
    const button = part("button");
    button.disabled = !chosen.buyable;
    button.textContent = chosen.buyable ? button.dataset.add : button.dataset.soldOut;
    for (const group of groups) relabel(group, chosen);
    for (const list of document.querySelectorAll("[data-measures]")) {
      list.hidden = !list.dataset.measures.split(" ").includes(chosen.sku);
    }
    document.dispatchEvent(new CustomEvent("nitka:variant", { detail: chosen }));
  }
  function reprice(price, chosen) {
    price.querySelector(".price").toggleAttribute("data-lower", Boolean(chosen.before));
    price.querySelector(".now").textContent = chosen.price;
    const old = price.querySelector("s");
    old.hidden = !chosen.before;
    old.replaceChildren(old.firstElementChild, chosen.before); // the word "before" is only spoken
    price.querySelector(".unit").textContent = chosen.unit;
    price.querySelector(".lowest").textContent = chosen.lowest;
    price.querySelector(".steps-of-price").textContent = chosen.steps;
  }
  function relabel(group, chosen) {
    const code = group.dataset.option;
    for (const link of links(group)) {
      const target = nearest(chosen, code, link.dataset.value);
      const mine = chosen.options[code] === link.dataset.value;
      const exact = target && likeness(target.options, chosen.options) >= groups.length - 1;
      if (target) link.setAttribute("href", `?variant=${encodeURIComponent(target.sku)}`);
      link.toggleAttribute("data-gone", !(exact && target.buyable));
      if (mine) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      if (mine) group.querySelector("[data-part]").textContent = link.textContent.trim();
    }
  }
  function fromAddress() {
    const sku = new URLSearchParams(location.search).get("variant");
    return variants.find((each) => each.sku === sku);
  }
  decision.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-value]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const sku = new URLSearchParams(link.getAttribute("href")).get("variant");
    const chosen = variants.find((each) => each.sku === sku);
    if (!chosen) return;
    event.preventDefault();
    history.replaceState(history.state, "", link.getAttribute("href"));
    choose(chosen);
  });
  addEventListener("popstate", () => fromAddress() && choose(fromAddress()));
}
