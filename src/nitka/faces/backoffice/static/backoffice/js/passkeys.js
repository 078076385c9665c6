// Passkeys: shown where the browser knows them; everything else on these pages works without.
const known = () => typeof PublicKeyCredential === "function" && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function";

async function post(address, form, body) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token, "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(body) });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error ?? answer.statusText);
  return said;
}

async function use(form) {
  const options = await post(form.dataset.passkey, form, {});
  const rules = options.publicKey ?? options;
  const making = form.hasAttribute("data-make");
  const credential = making
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(rules) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(rules) });
  const name = form.querySelector("[name=name]")?.value;
  const said = await post(form.dataset.finish, form, making ? { credential: credential.toJSON(), name } : credential.toJSON());
  location.assign(said.go);
}

for (const form of known() ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    use(form).catch((trouble) => {
      // A person who closes the browser's window has not made a mistake.
      form.querySelector(".error").textContent = trouble.name === "NotAllowedError" ? "" : trouble.message;
    });
  });
}
