"""What comes through the door is made clean: HTML without scripts, text without control characters."""

import math
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from nitka.ground.locale import LANGUAGES
from nitka.ground.web.environment import clean_html, markdown
from nitka.shelf.catalog.drafts import ProductDraft, Texts, VariantDraft
from nitka.shelf.catalog.models import Attribute, Media, Product, Relation

MAX_TITLE = 400
MAX_HTML = 300_000
MAX_HANDLE = 200
MAX_VARIANTS = 2_000
MAX_MEASURE = 2_147_483_647
UNITS = {"", "m", "m2", "l", "kg", "piece"}
# PostgreSQL takes no NUL, and no page wants the rest; tab and line breaks stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_HANDLE = re.compile(r"[^\s/\\?#%]+")


def plain(text: str) -> str:
    """Text without control characters and outer blanks."""
    return _CONTROL.sub("", text).strip()


def texts(given: Mapping[str, str]) -> dict[str, str]:
    """The texts that say something, in languages of ours."""
    return {language: plain(text) for language, text in given.items() if language in LANGUAGES and text.strip()}


def html(given: Mapping[str, str], *, is_markdown: bool = False) -> dict[str, str]:
    """The texts as safe HTML."""
    return {language: _html(text, is_markdown) for language, text in texts(given).items()}


def _html(text: str, is_markdown: bool) -> str:
    if is_markdown:
        return str(markdown(text))
    # Without an angle bracket there is no tag to be taken out, and most imported texts have none.
    return clean_html(text) if "<" in text else text


def values(given: Mapping[str, Any]) -> dict[str, Any]:
    """Attribute values with their texts clean; empty ones are left out."""
    kept = {}
    for code, value in given.items():
        if isinstance(value, str):
            value = plain(value)
        elif isinstance(value, Mapping):
            value = texts(value)
        elif isinstance(value, tuple):
            value = list(value)
        if value not in ("", None, {}, []):
            kept[code] = value
    return kept


def customs(hs_code: str | None, origin: str | None, name: str | None) -> dict[str, str | None]:
    """What customs ask, tidied: digits alone, two capitals, plain words. None stays None."""
    return {
        "hs_code": None if hs_code is None else "".join(hs_code.replace(".", " ").split()),
        "origin_country": None if origin is None else origin.strip().upper(),
        "customs_name": None if name is None else plain(name)[:120],
    }


def customs_objection(told: Mapping[str, str | None]) -> str:
    """Why customs could do nothing with these (tidied) words; empty where they are fine."""
    hs_code, origin = told["hs_code"] or "", told["origin_country"] or ""
    if hs_code and not (hs_code.isascii() and hs_code.isdigit() and 6 <= len(hs_code) <= 10):
        return _("An HS code has six to ten digits, such as 9403.60.")
    if origin and not (len(origin) == 2 and origin.isascii() and origin.isalpha()):
        return _("A country is two letters, such as PL.")
    return ""


def objection(draft: ProductDraft, kinds: Mapping[str, tuple[str, Mapping[str, Any]]]) -> str:
    """Why this draft cannot be put, or nothing. `kinds` is attribute code → its kind and choices."""
    if not _HANDLE.fullmatch(draft.handle) or len(draft.handle) > MAX_HANDLE:
        return _("The handle is empty, too long, or holds blanks or slashes.")
    if not any(text.strip() for text in draft.title.values()):
        return _("The title is missing.")
    if max(map(len, draft.title.values())) > MAX_TITLE:
        return _("The title is longer than %(limit)s letters.") % {"limit": MAX_TITLE}
    if any(len(text) > MAX_HTML for text in (*draft.description.values(), *draft.summary.values())):
        return _("A description is longer than %(limit)s letters.") % {"limit": MAX_HTML}
    if draft.status not in Product.Status.values:
        return _("“%(word)s” is no state of a product.") % {"word": draft.status}
    if any(kind not in Relation.Kind.values for _other, kind in draft.related):
        return _("A relation is of an unknown kind.")
    if any(media.kind not in Media.Kind.values for media in draft.media):
        return _("A file is of an unknown kind.")
    told = customs(draft.hs_code, draft.origin_country, draft.customs_name)
    return (
        customs_objection(told) or _variants_objection(draft) or attributes_objection(draft.attributes, kinds)
    )  # fmt: skip


def _variants_objection(draft: ProductDraft) -> str:
    if not draft.variants:
        return _("The product has no variant.")
    if len(draft.variants) > MAX_VARIANTS:
        return _("The product has more than %(limit)s variants.") % {"limit": MAX_VARIANTS}
    known = {option.code: option.values for option in draft.options}
    seen: set[str] = set()
    for variant in draft.variants:
        if variant.sku in seen:
            return _("The SKU %(sku)s occurs twice.") % {"sku": variant.sku}
        seen.add(variant.sku)
        trouble = _variant_objection(variant, known)
        if trouble:
            return trouble
    return ""


def _variant_objection(variant: VariantDraft, options: Mapping[str, Mapping[str, Texts]]) -> str:
    if not variant.sku or len(variant.sku) > 100 or plain(variant.sku) != variant.sku:
        return _("A SKU is empty, longer than 100 letters, or holds control characters.")
    strange = any(code not in options or value not in options[code] for code, value in variant.options.items())
    if strange and variant.active:  # an archived one keeps a value that was taken off the product since
        return _("The variant %(sku)s chooses an option that the product does not have.") % {"sku": variant.sku}
    measures = [variant.weight_g, *(variant.dimensions_mm or ())]
    if any(measure is not None and not 0 <= measure <= MAX_MEASURE for measure in measures):
        return _("A measure of %(sku)s is below zero or far too large.") % {"sku": variant.sku}
    if any(price.minor < 0 or (price.compare_at_minor or 0) < 0 for price in variant.prices.values()):
        return _("A price of %(sku)s is below zero.") % {"sku": variant.sku}
    if any(pieces < 0 for pieces in variant.stock.values()):
        return _("The stock of %(sku)s is below zero.") % {"sku": variant.sku}
    if variant.unit not in UNITS or (variant.unit_quantity is not None and variant.unit_quantity <= 0):
        return _("The unit of %(sku)s is unknown, or its quantity is not above zero.") % {"sku": variant.sku}
    if any(not code.isdigit() or not 8 <= len(code) <= 14 for code in (variant.gtin, *variant.more_gtins) if code):
        return _("A GTIN of %(sku)s is not 8 to 14 digits.") % {"sku": variant.sku}
    return ""


def attributes_objection(attributes: Mapping[str, Any], kinds: Mapping[str, tuple[str, Mapping[str, Any]]]) -> str:
    """Why these attribute values cannot be taken, or nothing."""
    for code, value in attributes.items():
        known = kinds.get(code)
        if known is None:
            return _("The attribute %(code)s is unknown.") % {"code": code}
        if not _fits(value, *known):
            return _("The value of %(code)s is not of its kind (%(kind)s).") % {
                "code": code,
                "kind": known[0],
            }
    return ""


def _fits(value: Any, kind: str, choices: Mapping[str, Any]) -> bool:
    if kind == Attribute.Kind.NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if kind == Attribute.Kind.BOOLEAN:
        return isinstance(value, bool)
    if kind == Attribute.Kind.CHOICE:
        chosen = [value] if isinstance(value, str) else value
        return isinstance(chosen, list | tuple) and all(one in choices for one in chosen)
    return isinstance(value, str | Mapping)
