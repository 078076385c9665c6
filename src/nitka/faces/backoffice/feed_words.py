"""Feeds and what may be wrong in them, in words."""

from django.utils.translation import gettext as _


def kinds() -> dict[str, str]:
    """Who reads them."""
    return {
        "google": "Google Merchant", "microsoft": "Microsoft", "meta": "Meta (Facebook, Instagram)",
        "pinterest": "Pinterest", "acp": _("Shopping agents (ACP)"), "openai": "OpenAI",
    }  # fmt: skip


def accesses() -> dict[str, str]:
    """To whom they are handed out."""
    return {"open": _("for everybody"), "secret": _("by a secret address"), "off": _("not at all")}


def troubles() -> dict[str, str]:
    """What may be wrong."""
    return {
        "no_price": _("Costs nothing"), "no_picture": _("No picture"), "small_picture": _("Picture too small"),
        "long_id": _("SKU too long"), "no_delivery": _("No delivery to the country of the feed"),
        "no_brand": _("No brand"), "same_variants": _("Variants that look the same in the feed"),
        "no_text": _("Not written in this language, left out"), "bad_gtin": _("Wrong GTIN, left out"),
        "long_title": _("Title too long, cut"), "no_description": _("No description"),
        "long_description": _("Description too long, cut"),
        "no_identifier": _("Neither GTIN nor brand with part number"), "no_class": _("No class of Google's taxonomy"),
        "no_weight": _("No weight"),
    }  # fmt: skip
