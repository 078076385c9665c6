"""Visits of people who do not exist, by the rules of `shop/crowd/visits.json`: what they looked at, one thing leading
to another along "related" and "goes with", what they put into the cart, and where they gave up.

They come through the door of collection under a source of their own, "demo", so that they can be told from real ones.
"""

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from nitka.ground import clock
from nitka.people.events import actions as events
from nitka.people.events import queries as event_queries
from nitka.seeds import files

SOURCE, AT_ONCE = "demo", 2000
Said = dict[str, Any]


def put_visits(product_ids: Mapping[str, UUID]) -> int:
    """All visits of the last weeks; returns how many events they are. The same again is kept once."""
    events.put_source(code=SOURCE, name="Invented visitors of the demo", kind="server")
    source = event_queries.source(SOURCE)
    assert source
    told = list(visits(product_ids))
    for start in range(0, len(told), AT_ONCE):
        events.collect(source=source, kind="batch", body={"batch": told[start : start + AT_ONCE]}, received=clock.now())
    return len(told)


def visits(product_ids: Mapping[str, UUID]) -> Iterator[Said]:
    """Every event of every visit, as a storefront would send them."""
    rules = files.read("crowd/visits.json")
    for number in range(rules["visits"]):
        yield from _Visit(number, rules, product_ids).events()


class _Visit:
    """One visit: who comes, from where, and what they do until they go."""

    def __init__(self, number: int, rules: Mapping[str, Any], product_ids: Mapping[str, UUID]) -> None:
        self.number, self.rules, self.ids = number, rules, product_ids
        self.chance = random.Random(f"visit-{number}")  # noqa: S311 (nothing is kept secret by it)
        pick = self.chance.choices
        self.language: str = pick(*zip(*rules["languages"], strict=True))[0]
        self.way = pick(rules["ways"], [way["share"] for way in rules["ways"]])[0]
        same = self._happens("comes_back") and number > 20
        self.device = f"demo-device-{self.chance.randrange(number) if same else number}"
        self.at = self._begins()
        self.count = 0

    def _happens(self, what: str) -> bool:
        return self.chance.random() * 100 < self.rules[what]

    def _begins(self) -> datetime:
        """In the evening more than by day."""
        day = clock.now() - timedelta(days=1 + self.chance.random() * (self.rules["days"] - 1))
        hour = self.chance.choices(range(6, 23), [1, 2, 3, 3, 3, 3, 4, 4, 3, 3, 3, 4, 5, 7, 8, 7, 4])[0]
        return day.replace(hour=hour, minute=self.chance.randrange(60), second=self.chance.randrange(60))

    def events(self) -> Iterator[Said]:
        """A page, perhaps a search, some products, perhaps a cart, seldom the checkout."""
        looked = self._products()
        yield self._said("page", f"/{self.language}/", "Home")
        if self._happens("searches"):
            query = files.product(looked[0])["name"]
            told = {"query": query, "results": 1, "page": 1}
            yield self._said("track", f"/{self.language}/search", "Products Searched", told)
        for handle in looked:
            path, told = self._told(handle)
            yield self._said("page", path, files.product(handle)["title"][self.language])
            yield self._said("track", path, "Product Viewed", told)
        path, told = self._told(looked[-1])
        if self._happens("wishes"):
            yield self._said("track", path, "Product Added to Wishlist", told)
        if self._happens("adds"):
            yield from self._cart(path, told)

    def _cart(self, path: str, told: Said) -> Iterator[Said]:
        yield self._said("track", path, "Product Added", told | {"quantity": 1})
        yield self._said("track", f"/{self.language}/cart/", "Cart Viewed", {"products": [told | {"quantity": 1}]})
        if self._happens("removes"):
            yield self._said("track", f"/{self.language}/cart/", "Product Removed", told | {"quantity": 1})
        elif self._happens("checks_out"):
            sums = {"value": told["price"], "currency": told["currency"], "products": [told | {"quantity": 1}]}
            yield self._said("track", f"/{self.language}/checkout/", "Checkout Started", sums)

    def _products(self) -> list[str]:
        """What is looked at: what is talked of most comes first to mind, and one thing leads to the next."""
        talked = files.read("crowd/rules.json")["products"]
        names, weights = list(talked), [count for _kind, count in talked.values()]
        found = self.chance.choices(names, weights)
        while len(found) < self.rules["most_products"] and self.chance.random() < 0.62:
            product = files.product(found[-1])
            near = [*product["goes_with"], *product["related"]]
            found.append(self.chance.choice(near if self._happens("follows_a_lead") else names))
        return list(dict.fromkeys(found))

    def _told(self, handle: str) -> tuple[str, Said]:
        product = files.product(handle)
        variant = self.chance.choice(product["variants"])
        price = variant["prices"]["eu"]["minor"] / 100  # as other programs read it; nothing is counted with it
        return f"/{self.language}/p/{product['slug'][self.language]}/", {
            "product_id": str(self.ids[handle]), "sku": variant["sku"], "name": product["title"][self.language],
            "brand": product["brand"], "category": product["category"], "price": price, "value": price,
            "currency": "EUR",
        }  # fmt: skip

    def _said(self, kind: str, path: str, name: str, properties: Said | None = None) -> Said:
        self.at += timedelta(seconds=self.chance.randint(4, 95))
        self.count += 1
        first = self.count == 1
        page = {"path": path, "title": name, "referrer": self.way["referrer"] if first else ""}
        context: Said = {
            "page": page, "locale": self.language, "userAgent": self.rules["agents"][self.number % 4],
            "consent": {"analytics": True}, "demo": True,
        }  # fmt: skip
        if first and "campaign" in self.way:
            context["campaign"] = self.way["campaign"]
        return {
            "type": kind, "messageId": f"demo-{self.number}-{self.count}", "anonymousId": self.device,
            "timestamp": self.at.isoformat(), ("event" if kind == "track" else "name"): name,
            "properties": properties or {"path": path}, "context": context,
        }  # fmt: skip
