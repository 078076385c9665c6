// Passkeys: shown where the browser knows them; everything else on these pages works without.
const known =
  typeof PublicKeyCredential === "function" && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function";

async function post(address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  const said = await answer.json();
  if (said.go && !answer.ok) location.assign(said.go);
  if (!answer.ok) throw new Error(said.error ?? answer.statusText);
  return said;
}

async function use(form) {
  const options = await post(form.dataset.passkey, {});
  const rules = options.publicKey ?? options;
  const credential = form.hasAttribute("data-make")
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(rules) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(rules) });
  const values = Object.fromEntries(new FormData(form));
  const said = await post(form.dataset.finish, { ...values, credential: credential.toJSON() });
  location.assign(said.go);
}

for (const form of known ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const place = form.querySelector("[role=alert]");
    place.textContent = "";
    use(form).catch((trouble) => {
      // A person who closes the browser's window has not made a mistake.
      if (trouble.name !== "NotAllowedError") place.textContent = trouble.message;
    });
  });
}
