// The cart drawer: opens when the server has sent the cart into it; without this file the same links lead to its page.
const drawer = document.getElementById("drawer");
if (drawer) {
  const live = document.getElementById("cart-live");
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === live && live.firstElementChild && !drawer.open) drawer.showModal();
  });
  document.addEventListener("htmx:responseError", (event) => fallBack(event.detail));
  document.addEventListener("htmx:sendError", (event) => fallBack(event.detail));
  // A form that failed live is sent the plain way, so that the server's own page says what is wrong.
  function fallBack(detail) {
    const form = detail.elt.closest("form");
    if (form && form.method === "post") form.submit();
    else if (detail.elt.href) location.assign(detail.elt.href);
  }
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer || event.target.closest("[data-close]")) drawer.close();
  });
}
