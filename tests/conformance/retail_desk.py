"""Their calls as ours: a thin desk that looks people up and acts for them by the shop's own verbs.

Who is spoken with is whoever was found first; from then on every verb is told that a bot acts for that customer, and
that the customer has said yes. So ownership and consent are checked by the verbs, which the reference tools leave out.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from nitka.ground.ids import new_id
from nitka.ground.problem import Problem
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people
from nitka.sale.orders import actions as orders
from nitka.sale.orders.models import Order, OrderLine
from nitka.sale.orders.queries import Party, Swap, parties
from nitka.sale.payments.models import Payment
from nitka.sale.returns import actions as returns
from nitka.sale.returns import parties as return_parties
from nitka.sale.returns.views import Wanted
from nitka.shelf.catalog import queries as catalog
from tests.conformance.retail_export import word_of
from tests.conformance.retail_import import Known, postal
from tests.conformance.retail_rules import folded

# Our words for a refusal → the rules' words. One of ours may stand for several of theirs.
REASONS: Mapping[str, frozenset[str]] = {
    code: frozenset(theirs.split())
    for code, theirs in {
        "unknown_user": "unknown_user", "unknown_product": "unknown_product", "unknown_item": "unknown_item",
        "unknown_order": "unknown_order", "not_yours": "not_yours", "not_confirmed": "not_confirmed",
        "too_late_to_change": "not_pending", "changed_already": "not_pending", "too_late_to_cancel": "not_pending",
        "already_cancelled": "not_pending", "reason_not_allowed": "bad_reason", "not_in_order": "not_in_order",
        "counts_differ": "counts_differ", "same_variant": "same_item", "other_product": "other_product",
        "not_available": "not_available", "out_of_stock": "not_available", "unknown_means": "unknown_means",
        "balance_too_low": "too_little", "paid_in_parts": "paid_in_parts not_pending", "same_means": "same_means",
        "not_delivered": "not_delivered", "once_only": "not_delivered", "too_many_pieces": "not_in_order",
        "unknown_line": "not_in_order", "means": "not_original unknown_means", "credit_too_low": "too_little",
        "wrong_state": "not_delivered", "kept_out": "not_delivered",
    }.items()
}  # fmt: skip


class DeskProblem(Problem):
    """The desk itself refuses: it knows nobody or nothing of that name."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.word = code


def reasons_of(problem: Problem) -> frozenset[str]:
    """The rules' words for our refusal; our own word where there is none."""
    word = getattr(problem, "word", problem.code)
    return REASONS.get(word, frozenset({word}))


class Desk:
    """One conversation. `confirmed`: whether the customer says yes to everything that is listed for them."""

    def __init__(self, known: Known, *, confirmed: bool = True) -> None:
        self.known, self.confirmed = known, confirmed
        self.customer_id: UUID | None = None
        self._users = {ours: theirs for theirs, ours in known.customers.items()}

    def call(self, name: str, arguments: Mapping[str, Any]) -> None:
        """Do what the call says; raises a Problem where the shop refuses."""
        getattr(self, f"_{name}")(**arguments)

    # --- questions ------------------------------------------------------------------------------

    def _find_user_id_by_email(self, email: str) -> None:
        found = people.customer_by_email(email)
        self._speak_with(found.id if found else None)

    def _find_user_id_by_name_zip(self, first_name: str, last_name: str, zip: str) -> None:
        wanted = folded(f"{first_name} {last_name}")
        for found in people.search(f"{first_name} {last_name}", limit=200):
            homes = people.addresses_of(found.id)
            if folded(found.name) == wanted and homes and homes[0].address.postcode == zip:
                return self._speak_with(found.id)
        raise DeskProblem("unknown_user")

    def _get_user_details(self, user_id: str) -> None:
        self._speak_with(self.known.customers.get(user_id))

    def _speak_with(self, customer_id: UUID | None) -> None:
        if customer_id is None or people.customer(customer_id) is None:
            raise DeskProblem("unknown_user")
        self.customer_id = self.customer_id or customer_id

    def _get_order_details(self, order_id: str) -> None:
        self._order(order_id)

    def _get_product_details(self, product_id: str) -> None:
        if catalog.product_by_handle(product_id) is None:
            raise DeskProblem("unknown_product")

    def _get_item_details(self, item_id: str) -> None:
        if not catalog.variant_ids_by_sku([item_id]):
            raise DeskProblem("unknown_item")

    def _list_all_product_types(self) -> None:
        assert catalog.product_rows().exists()

    def _transfer_to_human_agents(self, summary: str = "") -> None:
        """A person takes over; nothing changes."""

    def _calculate(self, expression: str) -> None:
        """Sums are the desk's own business."""

    # --- changes --------------------------------------------------------------------------------

    def _cancel_pending_order(self, order_id: str, reason: str) -> None:
        order = self._to_change(order_id)
        by = self._by(order)
        if orders.cancel_order(
            order_id=order.id, reason="shopper", why=reason, by=by, confirmed=self.confirmed
        ) is None:  # fmt: skip
            raise DeskProblem("already_cancelled")

    def _modify_pending_order_address(self, order_id: str, **address: str) -> None:
        order = self._to_change(order_id)
        orders.change_address(
            order_id=order.id, address=postal(address, order.name), by=self._by(order), confirmed=self.confirmed,
            insisted=True,
        )  # fmt: skip

    def _modify_pending_order_items(
        self, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
    ) -> None:
        order = self._to_change(order_id)
        orders.change_items(
            order_id=order.id, swaps=self._swaps(order, item_ids, new_item_ids), by=self._by(order),
            means_word=self._means(order, payment_method_id), confirmed=self.confirmed,
        )  # fmt: skip

    def _modify_pending_order_payment(self, order_id: str, payment_method_id: str) -> None:
        order = self._to_change(order_id)
        orders.change_payment(
            order_id=order.id, means_word=self._means(order, payment_method_id), by=self._by(order),
            confirmed=self.confirmed,
        )  # fmt: skip

    def _modify_user_address(self, user_id: str, **address: str) -> None:
        customer_id = self.known.customers.get(user_id)
        if customer_id is None:
            raise DeskProblem("unknown_user")
        self.customer_id = self.customer_id or customer_id
        if self.customer_id != customer_id:
            raise DeskProblem("not_yours")
        if not self.confirmed:
            raise DeskProblem("not_confirmed")
        known = people.customer(customer_id)
        assert known
        customers.save_address(customer_id=customer_id, address=postal(address, known.name), insisted=True)

    def _return_delivered_order_items(self, order_id: str, item_ids: list[str], payment_method_id: str) -> None:
        order = self._to_change(order_id)
        returns.request_return(
            order_id=order.id, lines=self._wanted(order, item_ids),
            by=self._by_returns(order), refund_to=self._return_means(order, payment_method_id),
            confirmed=self.confirmed,
        )  # fmt: skip

    def _exchange_delivered_order_items(
        self, order_id: str, item_ids: list[str], new_item_ids: list[str], payment_method_id: str
    ) -> None:
        order = self._to_change(order_id)
        if len(item_ids) != len(new_item_ids):
            raise DeskProblem("counts_differ")
        returns.request_exchange(
            order_id=order.id, lines=self._wanted(order, item_ids, new_item_ids), by=self._by_returns(order),
            mean=self._means(order, payment_method_id), pledged=True, confirmed=self.confirmed,
        )  # fmt: skip

    # --- inside ---------------------------------------------------------------------------------

    def _order(self, order_id: str) -> Order:
        ours = self.known.orders.get(order_id)
        if ours is None:
            raise DeskProblem("unknown_order")
        return Order.objects.get(id=ours)

    def _to_change(self, order_id: str) -> Order:
        order = self._order(order_id)
        self._whose(order)
        return order

    def _whose(self, order: Order) -> UUID:
        """Who is spoken with; where nobody was looked up, whose order is spoken of first."""
        assert order.customer_id
        self.customer_id = self.customer_id or order.customer_id
        return self.customer_id

    def _by(self, order: Order) -> Party:
        return parties.bot(self._whose(order))

    def _by_returns(self, order: Order) -> return_parties.Party:
        return return_parties.customer(self._whose(order), by_proxy=True)

    def _means(self, order: Order, theirs: str) -> str:
        assert order.customer_id
        return self.known.means[self._users[order.customer_id]].get(theirs, "none of theirs")

    def _return_means(self, order: Order, theirs: str) -> str:
        """Money goes back as it came, or to a gift card of theirs."""
        word = self._means(order, theirs)
        paid = Payment.objects.filter(reference=order.id, captured_minor__gt=0).order_by("created_at", "id").first()
        if paid and word == word_of(paid):
            return "original"
        kind, _colon, id_ = word.partition(":")
        return f"gift_card:{id_}" if kind == "credit" else word

    def _swaps(self, order: Order, old: list[str], new: list[str]) -> list[Swap]:
        if len(old) != len(new):
            raise DeskProblem("counts_differ")
        lines = self._lines(order, old)
        return [Swap(line, self._variant(other)) for line, other in zip(lines, new, strict=True)]

    def _wanted(self, order: Order, old: list[str], new: Sequence[str] = ()) -> list[Wanted]:
        others = [self._variant(each) for each in new] or [None] * len(old)
        return [
            Wanted(line_id=line, pieces=1, new_variant_id=other)
            for line, other in zip(self._lines(order, old), others, strict=True)
        ]

    def _lines(self, order: Order, item_ids: list[str]) -> list[UUID]:
        """A line for each item that is named; where the order has fewer, one that it has not."""
        found: dict[str, list[UUID]] = {}
        for sku, line_id in OrderLine.objects.filter(order_id=order.id).order_by("position").values_list("sku", "id"):
            found.setdefault(sku, []).append(line_id)
        return [found[each].pop(0) if found.get(each) else new_id() for each in item_ids]

    def _variant(self, item_id: str) -> UUID:
        return catalog.variant_ids_by_sku([item_id]).get(item_id, UUID(int=0))
