"""Questions about returns, exchanges, replacements and complaints, and the policies they follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import translation

from nitka.ground import locale
from nitka.ground.ids import read_code
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import OrderView
from nitka.sale.payments import queries as payments
from nitka.sale.payments.queries import MethodView
from nitka.sale.returns import goods, labels, opening, paying, policies, possible, viewing
from nitka.sale.returns.models import Case, CasePhoto
from nitka.sale.returns.opening import Ask
from nitka.sale.returns.parties import HOUSE, Party, customer, holder, staff
from nitka.sale.returns.policies import Rule, rule_for_goods
from nitka.sale.returns.problems import UnknownCaseProblem
from nitka.sale.returns.views import (
    CaseLineView,
    CaseStepView,
    CaseView,
    Possible,
    PossibleKind,
    PossibleLine,
    Reckoning,
    Wanted,
)
from nitka.sale.returns.words import REASONS_OF, grade_text, kind_text, reason_text, refund_to_text, state_text
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import queries as inventory

__all__ = [
    "HOUSE", "REASONS_OF", "CaseLineView", "CaseStepView", "CaseView", "Party", "Possible", "PossibleKind",
    "PossibleLine", "Reckoning", "Rule", "Swap", "Wanted", "case", "case_by_code", "case_of_key", "case_rows",
    "cases_of_customer", "cases_of_order", "customer", "difference_methods", "grade_text", "holder", "kind_text",
    "label_pdf", "label_trouble", "money_of", "own_means", "photo", "policies_of_shop", "qr_svg", "reason_text",
    "refund_to_text", "rule_for_goods", "slip_pdf", "staff", "state_text", "swaps", "what_is_possible",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Swap:
    """A variant that a piece can be exchanged for: its options in words, and how many there are."""

    variant_id: UUID
    text: str
    available: int


def what_is_possible(order: UUID | OrderView) -> Possible:
    """What can be asked for after the sale, until when, for how much, and why not: in the active language.

    The verbs ask the same rows, so what is said here is what they do. At most six queries beside the order's own.
    """
    found = orders.order(order) if isinstance(order, UUID) else order
    if found is None:
        raise UnknownCaseProblem("unknown order")
    return possible.what_is_possible(found, translation.get_language() or locale.FALLBACK)


def money_of(
    *, order: OrderView, kind: str, lines: Sequence[Wanted], refund_to: str = "original", words: str = "…"
) -> Reckoning:
    """What a case would come to: exactly what its verb would write, with the same refusals (but for photos)."""
    ask = Ask(kind=kind, order_id=order.id, lines=lines, by=HOUSE, refund_to=refund_to, words=words)
    return opening.plan(ask, order).sums


def swaps(order: OrderView) -> dict[UUID, tuple[Swap, ...]]:
    """Line → the other variants of its product that there are, in their order. Four queries for any order."""
    names = goods.variant_names([line.product_id for line in order.lines if line.product_id])
    of = catalog.products_of_variants(names)
    free = inventory.available(names)
    return {
        line.id: tuple(
            Swap(variant, name, free[variant])
            for variant, name in names.items()
            if of.get(variant) == line.product_id and variant != line.variant_id and free[variant] > 0
        )
        for line in order.lines
    }


def difference_methods(order: OrderView, minor: int) -> tuple[MethodView, ...]:
    """How the difference of an exchange can be paid: means that answer at once."""
    return paying.methods_for(order, minor)


def own_means(order: OrderView, minor: int) -> tuple[tuple[str, str], ...]:
    """The customer's saved means and credit that can pay it: (`saved:<id>` or `credit:<id>`, brand and end)."""
    if order.customer_id is None:
        return ()
    saved = [(f"saved:{each.id}", f"{each.brand or each.name} {each.last4}".strip())
             for each in payments.saved_means(order.customer_id)]  # fmt: skip
    credit = [
        (f"credit:{each.id}", each.hint)
        for each in payments.credit_of(order.customer_id)
        if each.currency == order.currency and each.is_usable and each.balance_minor >= minor
    ]
    return (*saved, *credit)


def case(case_id: UUID) -> CaseView | None:
    """One case."""
    row = Case.objects.filter(id=case_id).first()
    return viewing.view_of(row) if row else None


def case_by_code(code: str, order: OrderView | None = None) -> CaseView | None:
    """The case of that code, however it was typed; with `order`, only one of that order."""
    rows = Case.objects.filter(code=read_code(code))
    row = (rows.filter(order_id=order.id) if order else rows).first()
    return viewing.view_of(row, {line.id: line for line in order.lines} if order else None) if row else None


def case_of_key(key: str) -> UUID | None:
    """The case that was opened with that key."""
    return Case.objects.filter(key=key).values_list("id", flat=True).first()


def cases_of_order(order: OrderView) -> tuple[CaseView, ...]:
    """All cases of an order, newest first. No query before anything left, one where there are none, else four."""
    if order.status not in ("part_shipped", "shipped", "delivered"):
        return ()
    rows = Case.objects.filter(order_id=order.id).order_by("-requested_at", "-id")
    return tuple(viewing.views_of(rows, {line.id: line for line in order.lines}))


def cases_of_customer(customer_ids: Iterable[UUID]) -> tuple[CaseView, ...]:
    """The cases of a customer under all ids that are theirs, newest first, without goods. Four queries."""
    rows = Case.objects.filter(customer_id__in=list(customer_ids)).order_by("-requested_at", "-id")[:100]
    return tuple(viewing.views_of(rows, {}))


def case_rows(*, search: str = "", states: Iterable[str] = (), kind: str = "") -> QuerySet[Case]:
    """Cases for tables of the back office. `search` looks at codes and at the order's e-mail address and name."""
    rows = Case.objects.select_related("order")
    if states := list(states):
        rows = rows.filter(state__in=states)
    if kind:
        rows = rows.filter(kind=kind)
    if text := search.strip():
        plain = read_code(text)
        rows = rows.filter(
            Q(code__startswith=plain) | Q(order_code__startswith=plain) | Q(order__email__icontains=text)
            | Q(order__name__icontains=text) | Q(tracking_number__iexact=text)
        )  # fmt: skip
    return rows


def photo(photo_id: UUID, case_id: UUID) -> bytes | None:
    """A photo of that case as JPEG. Whoever asks has made sure that its viewer may see the case."""
    found = CasePhoto.objects.filter(id=photo_id, case_id=case_id).values_list("content", flat=True).first()
    return bytes(found) if found else None


def label_pdf(case_id: UUID) -> bytes | None:
    """The carrier's label for the way back, once it was made."""
    return labels.label_pdf(Case.objects.get(id=case_id))


def label_trouble(case_id: UUID) -> str:
    """Why the carrier refused to make the label for the way back, in its words; "" where it did not."""
    return labels.trouble(Case.objects.get(id=case_id))


def slip_pdf(case_id: UUID) -> bytes:
    """What the shopper puts into the parcel, in their language."""
    return labels.slip_pdf(Case.objects.get(id=case_id))


def qr_svg(code: str) -> str:
    """The case's code for a scanner."""
    return labels.qr_svg(code)


def policies_of_shop() -> tuple[Rule, ...]:
    """Every policy in its order; those that come with Nitka (`id` is None) for kinds of which there is none."""
    return policies.all_rules()


def forget() -> None:
    """Read the policies anew at the next question: after a change, and between tests."""
    policies.remembered.forget()
