"""The goods of a case: what is kept for it, what goes out for it, and what lies on the shelf again."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.sale.orders.queries import OrderView
from nitka.sale.returns.models import Case, CaseLine, Kind
from nitka.sale.returns.problems import OtherProductProblem
from nitka.sale.returns.views import Wanted
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import actions as inventory


def refuse_other_products(order: OrderView, wanted: Sequence[Wanted], *, alike: Collection[UUID] = ()) -> None:
    """Raises OtherProductProblem for what is no other variant of the same product. `alike`: lines whose policy lets
    the same variant be taken again."""
    bought = {line.id: line for line in order.lines}
    products = catalog.products_of_variants([each.new_variant_id for each in wanted if each.new_variant_id])
    for each in wanted:
        line = bought[each.line_id]
        if each.new_variant_id is None:
            raise OtherProductProblem(_("Choose what you would like instead."))
        if each.new_variant_id == line.variant_id and line.id not in alike:
            raise OtherProductProblem(_("That is what you have. Choose another one."))
        if line.product_id is None or products.get(each.new_variant_id) != line.product_id:
            raise OtherProductProblem(_("Choose another variant of the same product."))


def texts_of_new(order: OrderView, wanted: Sequence[Wanted]) -> dict[UUID, str]:
    """Line → what the new variant is called, in the shopper's language."""
    products = [line.product_id for line in order.lines if line.product_id]
    names = variant_names(products, order.language)
    return {each.line_id: names.get(each.new_variant_id, "") for each in wanted if each.new_variant_id}


def variant_names(product_ids: Sequence[UUID], language: str = "") -> dict[UUID, str]:
    """Variant → the values of its options, or its SKU; active ones of published products."""
    language = language or get_language() or locale.FALLBACK
    names: dict[UUID, str] = {}
    for product in catalog.product_source(list(dict.fromkeys(product_ids))):
        words = {
            (option["code"], value["code"]): locale.pick(dict(value["name"]), language)
            for option in product.options
            for value in option["values"]
        }
        for variant in product.variants:
            if variant.active:
                parts = [words.get((code, value), value) for code, value in variant.options.items()]
                names[variant.id] = ", ".join(parts) or variant.sku
    return names


def hold_new(case: Case) -> None:
    """Keep the new pieces of an exchange or a replacement. Raises OutOfStock."""
    wanted: dict[UUID, int] = {}
    if case.kind in (Kind.EXCHANGE, Kind.REPLACEMENT):
        for line in CaseLine.objects.filter(case=case):
            if line.new_variant_id:
                wanted[line.new_variant_id] = wanted.get(line.new_variant_id, 0) + line.pieces
    if wanted:
        inventory.hold(reference=case.id, lines=wanted, until=None)


def free_new(case: Case) -> None:
    """Give the new pieces back to the shelf, where they have not left."""
    if case.kind in (Kind.EXCHANGE, Kind.REPLACEMENT) and case.new_shipment_id is None:
        inventory.release(reference=case.id)


def restock(case: Case, variant_id: UUID, pieces: int, grade: str) -> None:
    """Put what came back where it belongs. What is not as new is not sold again."""
    good = grade == CaseLine.Grade.AS_NEW
    inventory.restock(reference=case.order_id, lines={variant_id: pieces}, grade="good" if good else "damaged")
