"""Who sells: the shop itself, or a firm of its own for some markets."""

from collections.abc import Mapping
from dataclasses import fields, replace

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.orders.models import LegalEntity
from nitka.sale.orders.problems import EntityProblem
from nitka.shelf.content import queries as content
from nitka.shelf.content.queries import Shop
from nitka.shelf.pricing import queries as pricing

# What of the shop's settings stands on an invoice.
SELLER = ("legal_name", "register_number", "vat_number", "line1", "line2", "postcode", "city", "region", "country",
          "email", "phone", "bank_name", "iban", "bic", "zone")  # fmt: skip


def entity_of(market: str) -> LegalEntity | None:
    """The firm that sells there; None where the shop does."""
    return LegalEntity.objects.filter(markets__contains=[market]).order_by("code").first()


def seller_of(entity: LegalEntity | None) -> Shop:
    """The seller as the shop's settings say, with what the entity says otherwise."""
    shop = content.shop()
    if entity is None:
        return shop
    known = {each.name for each in fields(Shop)}
    return replace(shop, **{name: value for name, value in entity.seller.items() if name in known})


@transaction.atomic
def put_legal_entity(
    *, code: str, markets: list[str], seller: Mapping[str, str], invoice_prefix: str = "", credit_prefix: str = ""
) -> None:
    """Make or change a firm that sells in these markets. `seller`: the fields of `SELLER`, as texts.

    Papers that were issued keep what they say. Refuses an entity without name, address and VAT number, a market that
    another one sells in, and prefixes of another one (EntityProblem).
    """
    values = {name: str(seller.get(name, "")).strip() for name in SELLER}
    if not code or not all(values[name] for name in ("legal_name", "line1", "city", "country")):
        raise EntityProblem(_("A firm needs a code, its legal name, street, town and country."))
    values["zone"] = values["zone"] or content.shop().zone
    unknown = set(markets) - {each.code for each in pricing.markets()}
    if unknown:
        raise EntityProblem(_("There is no market %(code)s.") % {"code": min(unknown)})
    prefixes = invoice_prefix.strip()[:20], credit_prefix.strip()[:20]
    if not all(prefixes) or prefixes[0] == prefixes[1]:
        raise EntityProblem(_("Give invoices and credit notes prefixes of their own, such as PL- and PLC-."))
    for other in LegalEntity.objects.select_for_update().exclude(code=code):
        if taken := set(other.markets) & set(markets):
            raise EntityProblem(_("%(firm)s sells in %(market)s already.") % {"firm": other.code, "market": min(taken)})
        if set(prefixes) & {other.invoice_prefix, other.credit_prefix}:
            raise EntityProblem(_("%(firm)s has these prefixes already.") % {"firm": other.code})
    LegalEntity.objects.update_or_create(
        code=code,
        defaults={
            "markets": sorted(markets), "seller": values, "invoice_prefix": prefixes[0], "credit_prefix": prefixes[1],
        },
    )  # fmt: skip


@transaction.atomic
def remove_legal_entity(*, code: str) -> None:
    """From now on the shop sells there itself. Papers that were issued keep their numbers and their seller."""
    LegalEntity.objects.filter(code=code).delete()


def legal_entities() -> tuple[LegalEntity, ...]:
    """All of them, by code."""
    return tuple(LegalEntity.objects.order_by("code"))
