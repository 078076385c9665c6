//js A stand-in for Stripe.js in tests: the same calls as Stripe documents, a form of our own, money of nobody.
window.Stripe = function (key, options) {
  const home = new URL(document.currentScript?.src || window.stripeStandIn).origin;
  return {
    elements(asked) {
      if (!asked.clientSecret) throw new Error("elements() needs a clientSecret");
      const made = { asked };
      made.create = (kind) => {
        if (kind !== "payment") throw new Error("only the Payment Element");
        return {
          mount(place) {
            const spot = document.querySelector(place);
            spot.innerHTML =
              '<label>Card number <input name="stand-in" autocomplete="off"></label>' +
              (asked.customerSessionClientSecret ? '<label><input type="checkbox" name="keep"> Save this card</label>' : "");
            made.spot = spot;
            this.ready?.();
          },
          on(name, heard) {
            if (name === "ready") this.ready = heard;
          },
        };
      };
      made.submit = async () => ({});
      return made;
    },
    async confirmPayment({ elements, confirmParams }) {
      const said = await fetch(home + "/browser/confirm", {
        method: "POST",
        body: JSON.stringify({
          key,
          secret: elements.asked.clientSecret,
          number: elements.spot.querySelector("input").value,
          keep: elements.spot.querySelector("[name=keep]")?.checked,
        }),
      });
      const told = await said.json();
      if (told.error) return told;
      const back = new URL(confirmParams.return_url);
      back.searchParams.set("payment_intent", told.paymentIntent.id);
      back.searchParams.set("redirect_status", "succeeded");
      location.assign(back);
      return {};
    },
  };
};
window.stripeStandIn = document.currentScript.src;
