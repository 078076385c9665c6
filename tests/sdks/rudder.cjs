// Sends one of each call with @rudderstack/rudder-sdk-node, as its manual says.
const Rudder = require("@rudderstack/rudder-sdk-node");

const [host, writeKey, userId] = process.argv.slice(2);
const client = new (Rudder.default || Rudder)(writeKey, { dataPlaneUrl: host, flushAt: 4, flushInterval: 200 });
const anonymousId = `${userId}-device`;
const calls = {
  identify: { userId, anonymousId, traits: { email: `${userId}@sdk.example`, plan: "pro" } },
  track: { userId, event: "Product Added", properties: { product_id: "p1", price: 9.5 } },
  page: { userId, name: "Home", properties: { path: "/en/" } },
  screen: { userId, name: "Cart" },
  group: { userId, groupId: "acme", traits: { name: "Acme" } },
  alias: { userId, previousId: `${userId}-before` },
};
// Its flush() returns while an earlier one is still on its way, so each call says itself when it was delivered.
const delivered = Object.entries(calls).map(([name, message]) => new Promise((done, fail) => {
  client[name](message, (trouble) => (trouble ? fail(trouble) : done()));
}));
Promise.all(delivered).then(() => process.exit(0), (trouble) => { console.error(trouble); process.exit(1); });
