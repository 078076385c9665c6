"""Many lines at once: from a list of SKUs, a file, or a list for ordering again. What cannot be had is reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from nitka.ground import clock
from nitka.sale.checkout import goods
from nitka.sale.checkout.actions.lines import new_cart
from nitka.sale.checkout.lookup import touch
from nitka.sale.checkout.models import Cart, CartLine
from nitka.sale.checkout.views import MOST_PIECES, MOST_PIECES_OF_COMPANIES
from nitka.sale.companies import queries as companies
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing

MOST_LINES = 500
MOST_GUESSED = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line as it was asked for: a SKU or the number of a bar code, and pieces. `variant_id` where it is known."""

    sku: str
    pieces: int
    variant_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PutLine:
    """What became of a line. `state`: ok, short (fewer pieces than asked for), sold_out, not_sold, unknown, unread."""

    sku: str
    title: Mapping[str, str] | None
    pieces: int
    put: int
    state: str


@dataclass(frozen=True, slots=True)
class PutMany:
    """The cart, and what became of every line that was asked for, in their order; those of one product as one."""

    token: str
    lines: tuple[PutLine, ...]

    @property
    def put(self) -> tuple[PutLine, ...]:
        return tuple(each for each in self.lines if each.put)

    @property
    def left_out(self) -> tuple[PutLine, ...]:
        """Lines that are not, or not wholly, in the cart."""
        return tuple(each for each in self.lines if each.state != "ok")


@transaction.atomic
def put_many(
    *, token: str | None, wanted: Sequence[Wanted], market: str, language: str = "en", customer_id: UUID | None = None
) -> PutMany:
    """Put many lines into the cart of the token, or into a new one; lines of a variant that is there grow.

    Nothing is refused as a whole: each line says what became of it. A few questions, however many lines.
    """
    lines = _summed(wanted[:MOST_LINES])
    known = _found([each for each in lines if each.variant_id is None])
    ids = {each: each.variant_id or known.get(each.sku) for each in lines}
    variants = {each for each in ids.values() if each}
    cart = _cart(token, market, language, customer_id) if variants else None
    market = cart.market if cart else market
    views, stock = goods.variants(variants), inventory.available(list(variants)) if variants else {}
    prices = pricing.prices(list(variants), market) if variants else {}
    there = {row.variant_id: row for row in CartLine.objects.filter(cart=cart, removed_at=None)} if cart else {}
    most = MOST_PIECES_OF_COMPANIES if companies.memberships(customer_id) else MOST_PIECES
    done: list[PutLine] = []
    rows: dict[UUID, CartLine] = {}
    for each in lines:
        variant_id = ids[each]
        view = views.get(variant_id) if variant_id else None
        if view is None or variant_id is None:
            done.append(PutLine(each.sku, None, each.pieces, 0, "unknown"))
            continue
        if not view.on_sale or variant_id not in prices:
            done.append(PutLine(view.sku, view.title, each.pieces, 0, "not_sold"))
            continue
        before = (rows.get(variant_id) or there.get(variant_id) or CartLine(quantity=0)).quantity
        after = max(before, min(before + each.pieces, stock.get(variant_id, 0), most))
        if after > before and cart:
            rows[variant_id] = _row(cart, variant_id, after, prices[variant_id].minor)
        done.append(PutLine(view.sku, view.title, each.pieces, after - before, _state(each.pieces, after - before)))
    if cart and rows:
        CartLine.objects.bulk_create(
            list(rows.values()), update_conflicts=True, unique_fields=["cart", "variant_id"],
            update_fields=["quantity", "seen_minor", "seen_market", "removed_at"],
        )  # fmt: skip
        touch(cart)
    return PutMany(cart.token if cart else token or "", tuple(done))


def _row(cart: Cart, variant_id: UUID, pieces: int, minor: int) -> CartLine:
    return CartLine(
        cart_id=cart.id, variant_id=variant_id, quantity=pieces, seen_minor=minor, seen_market=cart.market,
        added_at=clock.now(),
    )  # fmt: skip


def _state(wanted: int, put: int) -> str:
    return "ok" if put >= wanted else "short" if put else "sold_out"


def _summed(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Lines of one SKU as one, in the order in which they came."""
    found: dict[tuple[str, UUID | None], int] = {}
    for each in wanted:
        key = each.sku.strip(), each.variant_id
        found[key] = found.get(key, 0) + max(1, min(each.pieces, MOST_PIECES_OF_COMPANIES))
    return [Wanted(sku, pieces, variant_id) for (sku, variant_id), pieces in found.items()]


def _found(lines: list[Wanted]) -> dict[str, UUID]:
    """SKU → variant: as it is written; what is not found so, without regard of capitals, or as a bar code."""
    known = catalog.variant_ids_by_sku([each.sku for each in lines]) if lines else {}
    for each in [each for each in lines if each.sku not in known][:MOST_GUESSED]:
        alike = catalog.variant_ids_by_number(each.sku)
        if len(alike) == 1:
            known[each.sku] = next(iter(alike))
    return known


def _cart(token: str | None, market: str, language: str, customer_id: UUID | None) -> Cart:
    rows = Cart.objects.select_for_update().filter(ordered_at=None)
    cart = rows.filter(token=token).first() if token else None
    if cart is None:
        cart_id, _token = new_cart(token, market, language, customer_id, "web")
        cart = rows.get(id=cart_id)
    return cart
