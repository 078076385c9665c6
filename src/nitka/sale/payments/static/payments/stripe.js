// Puts Stripe's Payment Element into our page, as https://docs.stripe.com/payments/accept-a-payment says. Stripe.js
// comes from Stripe's own host, always; where it cannot be had, the page says so and nothing is charged.
const home = document.querySelector("#stripe-form");
const part = (name) => home.querySelector(`[data-part=${name}]`);
const asked = home.dataset;
const PATIENCE = 15000;

function show(name, visible = true) {
  part(name).hidden = !visible;
}

function fetched(address) {
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    const late = setTimeout(failed, PATIENCE);
    script.src = address;
    script.onload = () => (clearTimeout(late), window.Stripe ? done() : failed());
    script.onerror = () => (clearTimeout(late), failed());
    document.head.append(script);
  });
}

function look() {
  const style = getComputedStyle(document.body);
  const dark = document.documentElement.dataset.theme === "dark";
  return {
    theme: dark ? "night" : "stripe",
    variables: { fontFamily: style.fontFamily, fontSizeBase: style.fontSize },
  };
}

function say(text) {
  part("said").textContent = text;
  show("said", Boolean(text));
}

function mount() {
  const stripe = window.Stripe(asked.key, { locale: asked.language });
  const chosen = { clientSecret: asked.secret, appearance: look() };
  if (asked.session) chosen.customerSessionClientSecret = asked.session;
  const elements = stripe.elements(chosen);
  const element = elements.create("payment");
  element.on("ready", () => show("waiting", false));
  element.on("loaderror", () => (show("form", false), show("waiting", false), show("unreached")));
  show("form");
  element.mount("#payment-element");
  part("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = part("form").querySelector("button");
    button.disabled = true;
    say("");
    const return_url = new URL(asked.back, location.href).href;
    // Only what went wrong at once comes back here; else the browser is on its way to return_url.
    const { error } = await stripe.confirmPayment({ elements, confirmParams: { return_url } });
    if (error) say(error.message);
    button.disabled = !error;
  });
}

show("waiting");
fetched(asked.script)
  .then(mount)
  .catch(() => {
    show("waiting", false);
    show("unreached");
  });
