"""What goes into a cart and out of it."""

from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.ground import clock
from nitka.ground.ids import new_id, new_token
from nitka.sale.checkout import goods
from nitka.sale.checkout.lookup import LIVES, locked, touch
from nitka.sale.checkout.models import Cart, CartLine
from nitka.sale.checkout.problems import CartProblem, NotSoldProblem, SoldOutProblem
from nitka.sale.checkout.views import MOST_PIECES, CartRef
from nitka.shelf.inventory import queries as inventory
from nitka.shelf.pricing import queries as pricing


@transaction.atomic
def add_to_cart(
    *, token: str | None, variant_id: UUID, quantity: int = 1, market: str, language: str = "en",
    customer_id: UUID | None = None, channel: str = "web",
) -> CartRef:  # fmt: skip
    """Put pieces of a variant into the cart of the token, or into a new one; a line of that variant grows.

    A line holds at most 99 pieces and not more than there are; `notice` tells where fewer were put than asked for.
    `customer_id` is who is signed in: a new cart is theirs, and filled through `channel`. Six queries. Raises
    NotSoldProblem, SoldOutProblem.
    """
    if quantity < 1:
        raise CartProblem(_("Choose how many pieces you want."))
    cart_market = market
    found = _opened(token) if token else None
    if found:
        cart_id, cart_market = found
    unit = _price_of_sold(variant_id, cart_market)
    available = inventory.available([variant_id])[variant_id]
    if available <= 0:
        raise SoldOutProblem(_("This is sold out."), variant_id=str(variant_id))
    if not found:
        cart_id, token = new_cart(token, market, language, customer_id, channel)
    line_id, before, now = _put(cart_id, variant_id, quantity, available, unit, cart_market)
    return CartRef(cart_id, str(token), line_id, now, _notice(before + quantity, now, available))


@transaction.atomic
def change_line(*, token: str, line_id: UUID, quantity: int) -> CartRef:
    """Set the pieces of a line; zero takes it out (with undo). More than there are becomes all there are, with notice.

    Raises CartProblem for a line that is not in the cart.
    """
    if quantity <= 0:
        return remove_line(token=token, line_id=line_id)
    cart = locked(token)
    row = _line(cart, line_id)
    available = inventory.available([row.variant_id])[row.variant_id]
    # Fewer than before is always allowed, also of what is short by now.
    most = max(1, min(max(MOST_PIECES, row.quantity), max(available, 0)))
    now = min(quantity, most)
    price = pricing.prices([row.variant_id], cart.market).get(row.variant_id)
    CartLine.objects.filter(id=row.id).update(
        quantity=now, removed_at=None, seen_minor=price.minor if price else None, seen_market=cart.market
    )
    touch(cart)
    return CartRef(cart.id, token, row.id, now, _notice(quantity, now, available))


@transaction.atomic
def remove_line(*, token: str, line_id: UUID) -> CartRef:
    """Take a line out; `restore_line` puts it back. Does nothing the second time."""
    cart = locked(token)
    row = _line(cart, line_id)
    if row.removed_at is None:
        CartLine.objects.filter(id=row.id).update(removed_at=clock.now())
        touch(cart)
    return CartRef(cart.id, token, row.id)


@transaction.atomic
def restore_line(*, token: str, line_id: UUID) -> CartRef:
    """Put a line back that was taken out, with its pieces."""
    cart = locked(token)
    row = _line(cart, line_id)
    if row.removed_at is not None:
        CartLine.objects.filter(id=row.id).update(removed_at=None)
        touch(cart)
    return CartRef(cart.id, token, row.id, row.quantity)


@transaction.atomic
def empty_cart(*, token: str) -> CartRef:
    """Take all lines out; `restore_cart` puts them back."""
    cart = locked(token)
    if CartLine.objects.filter(cart_id=cart.id, removed_at=None).update(removed_at=clock.now()):
        touch(cart)
    return CartRef(cart.id, token)


@transaction.atomic
def restore_cart(*, token: str) -> CartRef:
    """Put back what the last removal took out: one line, or all of an emptied cart."""
    cart = locked(token)
    last = CartLine.objects.filter(cart_id=cart.id).exclude(removed_at=None).order_by("-removed_at").first()
    if last:
        CartLine.objects.filter(cart_id=cart.id, removed_at=last.removed_at).update(removed_at=None)
        touch(cart)
    return CartRef(cart.id, token)


@transaction.atomic
def accept_prices(*, token: str) -> None:
    """The shopper has seen today's prices: what changed is no longer marked. The version stays."""
    cart = locked(token)
    rows = list(CartLine.objects.filter(cart_id=cart.id, removed_at=None))
    prices = pricing.prices([row.variant_id for row in rows], cart.market)
    for row in rows:
        if row.variant_id in prices:
            row.seen_minor, row.seen_market = prices[row.variant_id].minor, cart.market
    CartLine.objects.bulk_update(rows, ["seen_minor", "seen_market"])


def _opened(token: str) -> tuple[UUID, str] | None:
    """Lock the open cart and mark it as changed, in one statement."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE checkout_carts SET version = version + 1, changed_at = %s, expires_at = %s"
            " WHERE token = %s AND ordered_at IS NULL RETURNING id, market",
            [now, now + LIVES, token],
        )
        row: tuple[UUID, str] | None = cursor.fetchone()
    return row


def new_cart(token: str | None, market: str, language: str, customer_id: UUID | None, channel: str) -> tuple[UUID, str]:
    """An open cart: its id and its token."""
    now = clock.now()
    # A token whose cart was ordered goes on with a new cart; one that is nobody's is not believed.
    known = bool(token) and Cart.objects.filter(token=token).exists()
    row = Cart(
        token=token if known and token else new_token(), market=market, language=language, created_at=now,
        changed_at=now, expires_at=now + LIVES, country=pricing.market(market).default_country,
        customer_id=customer_id, channel=channel,
    )  # fmt: skip
    Cart.objects.bulk_create([row], ignore_conflicts=True)
    if known:
        # Two tabs at once: the constraint let one of them make the cart.
        return Cart.objects.values_list("id", flat=True).get(token=row.token, ordered_at=None), row.token
    return row.id, row.token


def _price_of_sold(variant_id: UUID, market: str) -> int:
    price = pricing.prices([variant_id], market).get(variant_id)
    variant = goods.variants([variant_id]).get(variant_id)
    if price is None or variant is None or not variant.on_sale:
        raise NotSoldProblem(_("This is not sold here."), variant_id=str(variant_id))
    return price.minor


def _put(
    cart_id: UUID, variant_id: UUID, quantity: int, available: int, unit: int, market: str
) -> tuple[UUID, int, int]:  # fmt: skip
    """The line after adding: its id, its pieces before and after. What a company agreed may be more than 99."""
    most = min(MOST_PIECES, available)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO checkout_lines AS line (id, cart_id, variant_id, quantity, seen_minor, seen_market, added_at)"
            " VALUES (%s, %s, %s, LEAST(%s::int, %s::int), %s, %s, %s)"
            " ON CONFLICT (cart_id, variant_id) DO UPDATE SET removed_at = NULL, seen_minor = EXCLUDED.seen_minor,"
            " seen_market = EXCLUDED.seen_market, quantity = GREATEST(1, LEAST(%s::int,"
            " GREATEST(%s::int, line.quantity), %s::int + CASE"
            " WHEN line.removed_at IS NULL THEN line.quantity ELSE 0 END)),"
            " added_at = CASE WHEN line.removed_at IS NULL THEN line.added_at ELSE EXCLUDED.added_at END"
            " RETURNING id, COALESCE((SELECT old.quantity FROM checkout_lines old"
            " WHERE old.id = line.id AND old.removed_at IS NULL), 0), quantity",
            [
                new_id(),
                cart_id,
                variant_id,
                quantity,
                most,
                unit,
                market,
                clock.now(),
                available,
                MOST_PIECES,
                quantity,
            ],
        )
        row: tuple[UUID, int, int] = cursor.fetchone()
    return row


def _line(cart: Cart, line_id: UUID) -> CartLine:
    row = CartLine.objects.filter(cart_id=cart.id, id=line_id).first()
    if row is None:
        raise CartProblem(_("This line is not in your cart any more."))
    return row


def _notice(wanted: int, now: int, available: int) -> str:
    if now >= wanted:
        return ""
    if now == MOST_PIECES:
        return _("A line holds 99 pieces at most. Write to us for more.")
    words = ngettext(
        "Only %(n)d piece is left, so your cart holds %(n)d.", "Only %(n)d pieces are left, so your cart holds %(n)d.",
        available,
    )  # fmt: skip
    return words % {"n": available}
