"""The six questions that a new shop answers, and which of them are open."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from nitka.people.accounts import queries as accounts
from nitka.sale.shipping import queries as shipping
from nitka.shelf.content import queries as content
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing

STEPS = ("name", "address", "bank", "markets", "delivery", "mail")
NEW_NAME = content.Shop().name


@dataclass(frozen=True)
class Step:
    """A question: what it is about, and whether it was answered (or passed over on purpose)."""

    key: str
    title: str
    answered: bool


def titles() -> dict[str, str]:
    """What each question is about."""
    return {
        "name": _("Name and logo"),
        "address": _("Address and VAT number"),
        "bank": _("Bank account"),
        "markets": _("Markets and languages"),
        "delivery": _("Delivery"),
        "mail": _("Mail"),
    }


def steps() -> list[Step]:
    """All six, in their order."""
    open_ = _open()
    return [Step(key, title, key not in open_) for key, title in titles().items()]


def next_step() -> str:
    """The first question that is open; empty when all are answered."""
    open_ = _open()
    return next((key for key in STEPS if key in open_), "")


def _open() -> set[str]:
    shop = content.shop()
    answers = {
        "name": shop.name not in ("", NEW_NAME),
        "address": bool(shop.legal_name and shop.line1 and shop.country),
        "bank": bool(shop.iban),
        "markets": bool(pricing.markets()),
        "delivery": bool(inventory.locations()) and shipping.option_rows().exists(),
        "mail": bool(shop.email),
    }
    open_ = {key for key, answered in answers.items() if not answered}
    if open_:
        # A question may be left without an answer; the audit log remembers that somebody decided so.
        decided = accounts.audit_rows().filter(verb__in=[f"setup.{key}" for key in open_])
        open_ -= {verb.partition(".")[2] for verb in decided.order_by().values_list("verb", flat=True)}
    return open_
