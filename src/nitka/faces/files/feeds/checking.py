"""What is wrong in a feed: each trouble with the product, the field, and what was said there.

A trouble marked REFUSED costs the entry its place where the feed is read; the others cost it places among the found.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nitka.faces.files.feeds.items import Goods, Item
from nitka.faces.files.feeds.kinds import KINDS
from nitka.faces.files.feeds.limits import Limits
from nitka.faces.files.feeds.place import Place
from nitka.faces.files.feeds.words import cut

# Trouble → the field it is about, the gravest first.
TROUBLES = {
    "no_price": "price", "no_picture": "image_link", "small_picture": "image_link", "long_id": "id",
    "no_delivery": "shipping", "no_brand": "brand", "same_variants": "item_group_id", "no_text": "title",
    "bad_gtin": "gtin", "long_title": "title", "no_description": "description", "long_description": "description",
    "no_identifier": "gtin", "no_class": "google_product_category", "no_weight": "shipping_weight",
}  # fmt: skip
REFUSED = frozenset(("no_price", "no_picture", "small_picture", "long_id", "no_delivery", "no_brand", "no_text"))
KEPT_OF_A_TROUBLE = 200
_TELLING = ("color", "size", "material", "pattern")
# What no reader of that kind asks for.
_NOT_ASKED = {
    "acp": {"no_brand", "same_variants", "no_weight", "no_class", "no_delivery"},
    "openai": {"no_weight", "no_class", "same_variants"}, "pinterest": {"no_brand", "no_weight", "no_delivery"},
    "meta": {"no_weight"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One trouble of one variant, or of a whole product without an SKU."""

    product: str
    sku: str
    title: str
    trouble: str
    said: str = ""

    @property
    def field(self) -> str:
        """The field of the feed that it is about."""
        return TROUBLES[self.trouble]

    def kept(self) -> dict[str, str]:
        """As a report keeps it."""
        return {
            "product": self.product, "sku": self.sku, "title": self.title, "field": self.field,
            "trouble": self.trouble, "said": cut(self.said, 200),
        }  # fmt: skip


@dataclass
class Report:
    """What a look through found; the first findings of each trouble are kept, all are counted."""

    items: int = 0
    left_out: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[dict[str, str]] = field(default_factory=list)


def report(kind: str, place: Place, every: Iterable[Goods]) -> Report:
    """Look through a whole feed. Memory does not grow with it."""
    found = Report()
    for goods in every:
        found.items += len(goods.items)
        found.left_out += not goods.items
        for finding in findings(kind, place, goods):
            found.counts[finding.trouble] += 1
            if found.counts[finding.trouble] <= KEPT_OF_A_TROUBLE:
                found.findings.append(finding.kept())
    found.findings.sort(key=lambda each: list(TROUBLES).index(each["trouble"]))
    return found


def findings(kind: str, place: Place, goods: Goods) -> Iterator[Finding]:
    """All troubles of a product and its variants in a feed of that kind."""
    ignored = _NOT_ASKED.get(kind, set())
    limits = KINDS[kind].limits
    for trouble, said in _of_product(goods, limits):
        if trouble not in ignored:
            yield Finding(str(goods.product_id), "", goods.title, trouble, said)
    for item in goods.items:
        for trouble, said in _of_item(item, goods, place, limits):
            if trouble not in ignored:
                yield Finding(str(goods.product_id), item.id, item.title, trouble, said)


def _of_product(goods: Goods, limits: Limits) -> Iterator[tuple[str, str]]:
    """Troubles that all variants share are told once."""
    if not goods.has_text:
        yield "no_text", goods.title
    if not goods.items:
        return
    if not goods.brand:
        yield "no_brand", ""
    if not goods.description:
        yield "no_description", ""
    elif len(goods.description) > limits.description:
        yield "long_description", goods.description
    if not goods.goods_class:
        yield "no_class", goods.trail
    told = [tuple(item.fields.get(name, "") for name in _TELLING) for item in goods.items]
    if len(set(told)) < len(told):
        twice = next(each for each, times in Counter(told).items() if times > 1)
        yield "same_variants", ", ".join(filter(None, twice))


def _of_item(item: Item, goods: Goods, place: Place, limits: Limits) -> Iterator[tuple[str, str]]:
    if item.minor <= 0:
        yield "no_price", ""
    if not item.pictures:
        yield "no_picture", ""
    elif (first := item.pictures[0]).width and min(first.width, first.height) < limits.side:
        yield "small_picture", f"{first.width} × {first.height}"
    if len(item.id) > limits.id:
        yield "long_id", item.id
    if len(item.title) > limits.title:
        yield "long_title", item.title
    if item.gtin_said and not item.gtin:
        yield "bad_gtin", item.gtin_said
    elif not item.gtin and not (goods.brand and item.mpn):
        yield "no_identifier", ""
    if not item.weight_g:
        yield "no_weight", ""
    if not place.deliveries(item.minor, item.weight_g):
        yield "no_delivery", place.country
