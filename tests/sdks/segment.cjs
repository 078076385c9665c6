// Sends one of each call with @segment/analytics-node, as its manual says.
const { Analytics } = require("@segment/analytics-node");

const [host, writeKey, userId] = process.argv.slice(2);
const analytics = new Analytics({ writeKey, host, flushAt: 4 });
const troubles = [];
analytics.on("error", (trouble) => troubles.push(trouble));
const anonymousId = `${userId}-device`;
analytics.identify({ userId, anonymousId, traits: { email: `${userId}@sdk.example`, plan: "pro" } });
analytics.track({ userId, event: "Product Added", properties: { product_id: "p1", price: 9.5 } });
analytics.page({ userId, name: "Home", properties: { path: "/en/" } });
analytics.screen({ userId, name: "Cart" });
analytics.group({ userId, groupId: "acme", traits: { name: "Acme" } });
analytics.alias({ userId, previousId: `${userId}-before` });
analytics.closeAndFlush().then(() => {
  if (troubles.length) { console.error(troubles); process.exit(1); }
});
