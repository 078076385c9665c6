"""Every kind of page there is, for those who look at all of them."""

# What anybody may open, without having done anything before.
PLAIN = {
    "home": "/en/",
    "category": "/en/c/chairs-benches/",
    "category, filtered to nothing": "/en/c/chairs-benches/?price_from=1&price_to=2",
    "collection": "/en/collections/the-long-table/",
    "maker": "/en/makers/glina/",
    "product": "/en/p/gnist-portable-lamp/",
    "product with measures": "/en/p/lind-dining-chair/",
    "will it fit": "/en/p/lind-dining-chair/fit?width=60&depth=60&height=90",
    "line of prices": "/en/p/lind-dining-chair/prices",
    "model": "/en/p/lind-dining-chair/model",
    "compare": "/en/compare?p=lind-dining-chair&p=vik-stool&p=kopp-mug",
    "compare nothing": "/en/compare",
    "reviews": "/en/p/kopp-mug/reviews",
    "write a review": "/en/p/kopp-mug/review",
    "questions about a product": "/en/p/kopp-mug/questions",
    "ask about a product": "/en/p/kopp-mug/ask",
    "search": "/en/search?q=mug",
    "search without a result": "/en/search?q=zxqwv",
    "article": "/en/article/the-seat-of-lind/",
    "landing page": "/en/pages/a-quiet-corner/",
    "empty cart": "/en/cart",
    "sign in": "/en/account/sign-in",
    "find an order": "/en/order",
    "help": "/en/help/delivery/",
    "questions often asked": "/en/help/faq/",
    "legal": "/en/legal/terms/",
    "not found": "/en/p/there-is-no-such-thing/",
    "contact": "/en/contact",
    "question about a product": "/en/contact?about=product:kopp-mug",
    "privacy choices": "/en/consent",
    "mailbox": "/mailbox/",
    "gift card": "/en/gift-card",
    "quick order": "/en/quick-order",
    "API documentation": "/api/v1/docs",
    "Armenian home": "/hy/",
    "Bulgarian product": "/bg/p/kopp-mug/",
}
# Below /en/account/ of somebody who is signed in.
ACCOUNT = (
    "", "orders", "returns", "credit", "means", "messages", "erase", "addresses", "addresses/new", "about", "security",
    "reviews",
)  # fmt: skip
# Below an order's page.
DEEDS = (
    "change-address", "change-items", "change-payment", "cancel", "ask", "ask-for/return", "ask-for/exchange",
    "ask-for/complaint",
)  # fmt: skip
# Below /back/; a name in braces is some row's.
OFFICE = (
    "", "orders/", "orders/{code}/", "products/", "products/{product}/", "products/new", "stock/", "prices/", "customers/",
    "settings/", "settings/delivery/", "settings/promotions/", "settings/promotions/new/", "settings/promotions/sample/",
    "settings/price-lists/", "settings/price-lists/new/", "settings/taxes/", "settings/currencies/", "settings/risk/",
    "settings/policies/", "settings/orders/", "settings/payments/", "settings/payments/demo_card/", "settings/firms/",
    "settings/firms/new/", "settings/customs/", "settings/synonyms/", "settings/places/", "settings/tokens/",
    "settings/webhooks/", "settings/webhooks/{endpoint}", "settings/channels/", "settings/channels/1/",
    "returns/?tab=all", "warehouse/", "warehouse/walk", "warehouse/pack/{code}/", "carriers/", "carriers/?tab=promises",
    "papers/", "review/", "money/", "money/statements/", "money/refunds/", "gift-cards/", "stock/low/?show=all",
    "stock/dead/", "stock/inbound/", "stock/suppliers/", "stock/buying/", "stock/ledger/{variant}/", "companies/",
    "quotes/", "staff/", "audit/", "system/", "search?q=kopp", "me", "products/import", "seo/",
    "customers/{customer}/", "customers/{customer}/identities", "customers/?q=zxqwv", "visitors/{visitor}/",
    "collection/", "collection/?tab=rejected", "messages/?tab=all", "messages/{talk}/", "messages/numbers",
    "reviews/", "reviews/rules", "reviews/{opinion}/", "questions/", "questions/{question}/",
    "content/", "content/{page}/", "content/{page}/versions/", "content/menus/", "content/menus/header/",
    "content/pictures/",
)  # fmt: skip
