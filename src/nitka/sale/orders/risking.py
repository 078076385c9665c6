"""What is handed to the rules of risk, and what follows for the order. Of people only prints are handed on."""

from nitka.sale.orders import steps
from nitka.sale.orders.models import Order
from nitka.sale.orders.steps import NO_SALE, OPEN, SHOWN, Status
from nitka.sale.orders.views import OrderDraft
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.sale.payments.queries import Attempt, Verdict

NONE = Verdict(0, "allow", ())


def judged(draft: OrderDraft) -> tuple[Attempt | None, Verdict]:
    """What the rules say; one question, none where no face said from where the order comes (imports, the desk).

    Raises RiskRefusedProblem; whoever holds the transaction notes it after that is rolled back.
    """
    if draft.seen is None:
        return None, NONE
    to = draft.shipping_address
    attempt = Attempt(
        minor=draft.quote.total_minor, currency=draft.quote.currency, is_first=_is_first(draft),
        email=money.print_of("email", draft.email), ip=draft.seen.ip, device=draft.seen.device,
        place=money.print_of("place", f"{to.country}|{to.postcode}|{to.line1}"),
        mail_host=draft.email.rpartition("@")[2], countries=(draft.billing_address.country, to.country),
    )  # fmt: skip
    verdict = money.judge(attempt)
    if verdict.action == "refuse":
        raise payments.RiskRefusedProblem(attempt, verdict)
    return attempt, verdict


def _is_first(draft: OrderDraft) -> bool:
    """Asked of large orders alone: one question more for them."""
    if not money.is_large(draft.quote.total_minor, draft.quote.currency):
        return False
    return not Order.objects.filter(email=draft.email.lower(), status__in=SHOWN).exclude(status__in=NO_SALE).exists()


def look_again(order: Order) -> None:
    """The card is known now, which it was not when the order came: a person may have to look at it after all.

    The order is locked. What a person has cleared stays cleared, and what has left cannot be kept here.
    """
    if order.review or order.status not in OPEN or order.status == Status.PART_SHIPPED:
        return
    told = money.risk_of(order.id)
    if told and told.action in ("review", "refuse"):
        steps.write(order, review="pending", risk_score=told.score)


def noted(order: Order, attempt: Attempt | None, verdict: Verdict) -> None:
    """Remember the try, for those that follow."""
    if attempt:
        payments.note_attempt(order.id, attempt, verdict)
