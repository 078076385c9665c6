"""What a shopper can ask for after the sale. The page, an agent, a bot and the API call these."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import translation

from nitka.sale.orders import actions as order_actions
from nitka.sale.orders import queries as orders
from nitka.sale.returns import pledging, possible
from nitka.sale.returns.actions.pay_difference import pay_by_credit
from nitka.sale.returns.models import Case, Kind
from nitka.sale.returns.opening import Ask, open_case
from nitka.sale.returns.parties import HOUSE, Party, refuse_means_of
from nitka.sale.returns.reckoning import Gone
from nitka.sale.returns.views import Wanted


def request_return(
    *, order_id: UUID, lines: Sequence[Wanted], by: Party, refund_to: str = "original", words: str = "",
    photos: Sequence[bytes] = (), confirmed: bool = False, key: str = "",
) -> UUID:  # fmt: skip
    """Announce that pieces come back. Returns the case.

    `refund_to`: original, credit or gift_card (also `gift_card:<id>`), as the policy allows. `confirmed`: the customer
    has seen what happens and said yes; who speaks for them must say so. The same `key` gives the same case. Raises
    NotYours-, NotDelivered-, TooLate-, KeptOut-, OnceOnly-, TooManyPieces-, UnknownLine-, Reason-, Means-, Photo- and
    NotConfirmedProblem.
    """
    return open_case(
        Ask(kind=Kind.RETURN, order_id=order_id, lines=lines, by=by, refund_to=refund_to, words=words, photos=photos,
            confirmed=confirmed, key=key)
    )  # fmt: skip


def request_exchange(
    *, order_id: UUID, lines: Sequence[Wanted], by: Party, refund_to: str = "original", words: str = "",
    photos: Sequence[bytes] = (), confirmed: bool = False, key: str = "", mean: str = "",
    pledged: bool = False,
) -> UUID:  # fmt: skip
    """Ask for other variants of the same products: `new_variant_id` of each line. They are kept from now on.

    Where they cost more the difference is paid by `pay_difference`, before anything else happens; with a `mean` of
    `credit:<id>` (a gift card or store credit) it is paid in this very transaction, or nothing happens. Where they
    cost less it goes back to `refund_to` at the end. `pledged`: the `mean` (also `saved:<id>`) is looked at now,
    and charged by the worker. Raises what `request_return` does, OtherProductProblem,
    OutOfStock of inventory, and TooLittleProblem (or CreditProblem of payments) for a card that holds too little.
    """
    refuse_means_of(by, mean)
    with transaction.atomic():
        case_id = open_case(
            Ask(kind=Kind.EXCHANGE, order_id=order_id, lines=lines, by=by, refund_to=refund_to, words=words,
                photos=photos, confirmed=confirmed, key=key, mean=mean, pledged=pledged)
        )  # fmt: skip
        if pledged:
            pledging.refuse_unfit(case_id)
        elif mean.startswith("credit:"):
            pay_by_credit(case_id=case_id, account=mean.removeprefix("credit:"))
    return case_id


def request_replacement(
    *, order_id: UUID, lines: Sequence[Wanted], by: Party, words: str = "", photos: Sequence[bytes] = (),
    confirmed: bool = False, key: str = "",
) -> UUID:  # fmt: skip
    """Ask for the same again, for pieces that came damaged or wrong; photos as the policy wants. They are kept from
    now on. Raises what `request_return` does, and OutOfStock of inventory."""
    return open_case(
        Ask(kind=Kind.REPLACEMENT, order_id=order_id, lines=lines, by=by, words=words, photos=photos,
            confirmed=confirmed, key=key)
    )  # fmt: skip


def complain(
    *, order_id: UUID, words: str, by: Party, lines: Sequence[Wanted] = (), photos: Sequence[bytes] = (),
    confirmed: bool = False, key: str = "",
) -> UUID:  # fmt: skip
    """Say what is wrong, with the order or with some pieces; a person answers. Nothing has to be sent back."""
    return open_case(
        Ask(kind=Kind.COMPLAINT, order_id=order_id, lines=lines, by=by, words=words, photos=photos,
            confirmed=confirmed, key=key)
    )  # fmt: skip


@transaction.atomic
def return_for_withdrawal(*, order_id: UUID) -> tuple[UUID, ...]:
    """Open a return for every withdrawal by law that has none, once its goods have left. Returns the new cases.

    Of pieces that come back anyway nothing is asked twice. No policy binds it: the law's right stands above.
    """
    order_actions.lock_order(order_id=order_id)
    order = orders.order(order_id)
    if order is None or order.status not in ("shipped", "delivered"):
        return ()
    known = set(Case.objects.filter(order_id=order_id).values_list("withdrawal_id", flat=True))
    made = []
    for each in order.withdrawals:
        if each.id in known:
            continue
        gone, left = possible.gone_of(order_id), possible.handed_over(order)
        asked = {UUID(line): pieces for line, pieces in each.lines.items()} or left
        wanted = [
            Wanted(line, min(pieces, left.get(line, 0) - gone.get(line, Gone()).pieces), "withdrawn")
            for line, pieces in asked.items()
        ]
        wanted = [one for one in wanted if one.pieces > 0]
        if wanted:
            ask = Ask(kind=Kind.RETURN, order_id=order_id, lines=wanted, by=HOUSE, legal=each.id)
            with translation.override(order.language):
                made.append(open_case(ask))
    return tuple(made)
