"""A product as search engines read it: what it is, each variant with its offer, how it is sent and taken back.

Google's guides for merchant listings and product variants name what they look at; schema.org names everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.html import strip_tags
from markupsafe import Markup

from nitka.faces.storefront.pictures import largest
from nitka.faces.storefront.reviews import reviews_structured
from nitka.faces.storefront.structured import block, origin, told
from nitka.ground import money
from nitka.sale.returns import queries as returns
from nitka.sale.shipping import queries as shipping
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing
from nitka.shelf.search import queries as search

SCHEMA = "https://schema.org/"
AVAILABILITY = {"none": "OutOfStock", "few": "LimitedAvailability", "many": "InStock"}
# Options that schema.org has a property for; others are told as additional properties.
PROPERTY_OF = {
    "color": "color", "colour": "color", "glaze": "color", "size": "size", "material": "material", "wood": "material",
    "fabric": "material", "pattern": "pattern",
}  # fmt: skip
# Units of prices by UN/CEFACT's codes.
UNIT_CODES = {"kg": "KGM", "l": "LTR", "m": "MTR", "m2": "MTK", "piece": "C62"}
SIDES = ("width", "depth", "height")


@dataclass(frozen=True)
class Terms:
    """What all offers of a product share: who sells it, how it comes and how it goes back."""

    currency: str
    seller: Mapping[str, Any]
    returns: Mapping[str, Any]
    option: shipping.OptionView | None
    market: pricing.MarketView | None
    ends: Mapping[str, str] = field(default_factory=dict)  # variant → the last day of its price, in a sale that ends

    def shipping_of(self, minor: int) -> dict[str, Any]:
        """Delivery of goods of that price, to the usual country of the market."""
        option, market = self.option, self.market
        if option is None or market is None:
            return {}
        free = option.free_from_minor is not None and minor >= option.free_from_minor
        rate = money.decimal(0 if free else option.price_minor, option.currency)
        return {
            "@type": "OfferShippingDetails",
            "shippingRate": {"@type": "MonetaryAmount", "value": str(rate), "currency": option.currency},
            "shippingDestination": {"@type": "DefinedRegion", "addressCountry": market.default_country},
            "deliveryTime": _delivery_time(option.code),
        }


def product(
    found: search.ProductPage, pictures: Sequence[Mapping[str, Any]], path: str, request: HttpRequest,
    option: shipping.OptionView | None,
) -> Markup:  # fmt: skip
    """The product with all its variants, and what those who bought it say."""
    base = origin(request)
    terms = _terms(found, base, request, option)
    about = told({
        "name": found.title, "description": found.summary or _plain(found.description_html), "url": base + path,
        "image": [base + largest(each) for each in pictures], "category": _category(found),
        "brand": {"@type": "Brand", "name": found.brand} if found.brand else None,
        **reviews_structured(found),
    })  # fmt: skip
    sold = [each for each in found.variants if each.price_minor is not None] or found.variants
    if len(sold) < 2:
        only = _variant(sold[0], found, path, base, terms) if sold else {"sku": found.handle}
        return block({"@type": "Product", **about, **only})
    varies = dict.fromkeys(PROPERTY_OF[each["code"]] for each in found.options if each["code"] in PROPERTY_OF)
    members = [
        {"@type": "Product", "name": _with_options(found.title, each), **_variant(each, found, path, base, terms)}
        | _picture_of(each, pictures, base)
        for each in sold
    ]
    group = {
        "@type": "ProductGroup", "productGroupID": found.handle, **about,
        "variesBy": [SCHEMA + name for name in varies], "hasVariant": members,
    }  # fmt: skip
    return block(told(group))


def _category(found: search.ProductPage) -> str:
    return " > ".join(step["name"] for step in found.breadcrumbs)


def _plain(html: str) -> str:
    return " ".join(str(Markup(strip_tags(html)).unescape()).split())[:5000]  # noqa: S704 (unescaped, escaped again)


def _with_options(title: str, variant: search.VariantOnPage) -> str:
    return f"{title}, {variant.option_text}" if variant.option_text else title


def _picture_of(
    variant: search.VariantOnPage, pictures: Sequence[Mapping[str, Any]], base: str
) -> dict[str, Any]:  # fmt: skip
    """The first picture that shows this variant; one that shows another would be a lie."""
    fitting = (each for each in pictures if each["options"].items() <= variant.options.items())
    first = next(fitting, None)
    return {"image": base + largest(first)} if first else {}


def _variant(
    variant: search.VariantOnPage, found: search.ProductPage, path: str, base: str, terms: Terms
) -> dict[str, Any]:  # fmt: skip
    names = {(option["code"], value["code"]): value["name"] for option in found.options for value in option["values"]}
    labels = {option["code"]: option["name"] for option in found.options}
    chosen: dict[str, Any] = {}
    others = []
    for code, value in variant.options.items():
        word = names.get((code, value), value)
        if code in PROPERTY_OF:
            name = PROPERTY_OF[code]
            chosen[name] = f"{chosen[name]}, {word}" if name in chosen else word
        else:
            others.append({"@type": "PropertyValue", "name": labels.get(code, code), "value": word})
    return told({
        "sku": variant.sku, "gtin": variant.gtin, "mpn": variant.mpn, **chosen, **_measures(variant),
        "additionalProperty": others, "offers": _offer(variant, path, base, terms),
    })  # fmt: skip


def _measures(variant: search.VariantOnPage) -> dict[str, Any]:
    """Sides and weight with the codes of UN/CEFACT that schema.org asks for."""
    sides = zip(SIDES, variant.dimensions_mm, strict=False)
    found = {name: _quantity(side, "MMT") for name, side in sides if side}
    return found | ({"weight": _quantity(variant.weight_g, "GRM")} if variant.weight_g else {})


def _quantity(value: int, unit: str) -> dict[str, Any]:
    return {"@type": "QuantitativeValue", "value": value, "unitCode": unit}


def _offer(variant: search.VariantOnPage, path: str, base: str, terms: Terms) -> dict[str, Any]:
    minor = variant.price_minor
    if minor is None:
        return {}
    prices = [each for each in (_price_before(variant, terms), _unit_price(variant, terms)) if each]
    return told({
        "@type": "Offer", "url": f"{base}{path}?variant={variant.sku}", "price": str(_price(minor, terms)),
        "priceCurrency": terms.currency, "availability": SCHEMA + AVAILABILITY[variant.available],
        "priceValidUntil": terms.ends.get(str(variant.id)),
        "itemCondition": SCHEMA + "NewCondition",
        "priceSpecification": prices[0] if len(prices) == 1 else prices,
        "seller": terms.seller, "shippingDetails": terms.shipping_of(minor), "hasMerchantReturnPolicy": terms.returns,
    })  # fmt: skip


def _price(minor: int, terms: Terms) -> Any:
    return money.decimal(minor, terms.currency)


def _price_before(variant: search.VariantOnPage, terms: Terms) -> dict[str, Any]:
    """The price that is struck through, where there is one."""
    if not variant.compare_at_minor:
        return {}
    return {
        "@type": "UnitPriceSpecification", "priceType": SCHEMA + "StrikethroughPrice",
        "price": str(_price(variant.compare_at_minor, terms)), "priceCurrency": terms.currency,
    }  # fmt: skip


def _unit_price(variant: search.VariantOnPage, terms: Terms) -> dict[str, Any]:
    """The price, and of how much it is, as Google reads unit prices: half a kilo, beside a price for a kilo."""
    code = UNIT_CODES.get(variant.unit)
    if variant.unit_price_minor is None or variant.price_minor is None or code is None or not variant.unit_quantity:
        return {}
    return {
        "@type": "UnitPriceSpecification", "price": str(_price(variant.price_minor, terms)),
        "priceCurrency": terms.currency,
        "referenceQuantity": {
            "@type": "QuantitativeValue", "value": variant.unit_quantity, "unitCode": code,
            "valueReference": {"@type": "QuantitativeValue", "value": "1", "unitCode": code},
        },
    }  # fmt: skip


def _terms(
    found: search.ProductPage, base: str, request: HttpRequest, option: shipping.OptionView | None
) -> Terms:  # fmt: skip
    code: str = request.market  # type: ignore[attr-defined]
    market = next((each for each in pricing.markets() if each.code == code), None)
    seller = {"@type": "OnlineStore", "@id": f"{base}/#shop", "name": content.shop().name}
    return Terms(found.currency, seller, _return_policy(found, market), option, market, _ends(found, code))


def _ends(found: search.ProductPage, market: str) -> dict[str, str]:
    """The last day of each price that a sale with an end makes; no question where nothing is reduced."""
    reduced = [UUID(each.id) for each in found.variants if each.compare_at_minor and each.price_minor]
    times = pricing.sale_times(reduced, market) if reduced else {}
    return {str(id_): (end - timedelta(seconds=1)).date().isoformat() for id_, (_start, end) in times.items()}


def _delivery_time(code: str) -> dict[str, Any]:
    """Days of packing and of the way, by the calendar of the option and not by that of today."""
    speed = shipping.speed_of(code)
    if speed is None:
        return {}
    handling = {"@type": "QuantitativeValue", "minValue": 0, "maxValue": speed.handling_days, "unitCode": "DAY"}
    transit = {
        "@type": "QuantitativeValue", "minValue": speed.transit_days_from, "maxValue": speed.transit_days,
        "unitCode": "DAY",
    }  # fmt: skip
    return {"@type": "ShippingDeliveryTime", "handlingTime": handling, "transitTime": transit}


def _return_policy(found: search.ProductPage, market: pricing.MarketView | None) -> dict[str, Any]:
    if market is None:
        return {}
    rule = returns.rule_for_goods(
        "return", market=market.code, country=market.default_country,
        categories=frozenset(step["handle"] for step in found.breadcrumbs), tags=frozenset(found.tags),
    )  # fmt: skip
    policy: dict[str, Any] = {"@type": "MerchantReturnPolicy", "applicableCountry": sorted(market.countries)}
    if rule is None or not rule.allowed:
        return policy | {"returnPolicyCategory": SCHEMA + "MerchantReturnNotPermitted"}
    finite = rule.window_days is not None
    category = "MerchantReturnFiniteReturnWindow" if finite else "MerchantReturnUnlimitedWindow"
    policy |= {"returnPolicyCategory": SCHEMA + category, "returnMethod": SCHEMA + "ReturnByMail"}
    days = {"merchantReturnDays": rule.window_days} if finite else {}
    home = content.shop().country
    policy |= {"returnPolicyCountry": home} if home else {}
    return policy | days | _return_fees(rule, market.currency)


def _return_fees(rule: returns.Rule, currency: str) -> dict[str, Any]:
    if rule.way_back == "shopper":
        return {"returnFees": SCHEMA + "ReturnFeesCustomerResponsibility"}
    fee = rule.label_fee.get(currency, 0)
    if not fee:
        return {"returnFees": SCHEMA + "FreeReturn"}
    amount = {"@type": "MonetaryAmount", "value": str(money.decimal(fee, currency)), "currency": currency}
    return {"returnFees": SCHEMA + "ReturnShippingFees", "returnShippingFeesAmount": amount}
