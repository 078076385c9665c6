// A changed preference is used at once; the button is for browsers without this file.
for (const form of document.querySelectorAll("form[data-preferences]")) {
  form.querySelector("button").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
}
