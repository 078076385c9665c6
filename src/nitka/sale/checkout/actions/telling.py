"""What shoppers tell us at checkout goes to the customer once the order stands, each purpose with its consent."""

from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_date

from nitka.ground.problem import Problem
from nitka.people.contact import actions as contact
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people
from nitka.people.customers.queries import OccasionView, PostalAddress
from nitka.sale.checkout.models import Cart


@transaction.atomic
def keep_what_was_told(*, order_id: UUID, customer_id: UUID | None) -> None:
    """Birthday, occasions, channel, how they heard of us, newsletter; and the address of one who signed in.

    What cannot be kept (a birthday in the future) is left out: an order never fails on an optional answer.
    """
    cart = Cart.objects.filter(order_id=order_id).first()
    if cart is None or customer_id is None:
        return
    if cart.told_us.get("newsletter"):
        with suppress(Problem), transaction.atomic():
            contact.subscribe_newsletter(email=cart.email, language=cart.language, source="checkout")
    answers = _answers(cart.told_us)
    if not cart.customer_id:
        answers = _news(customer_id, answers)
    if answers:
        with suppress(Problem), transaction.atomic():
            customers.tell_us(customer_id=customer_id, source="checkout", **answers)
    if cart.customer_id:
        with suppress(Problem), transaction.atomic():
            customers.save_address(customer_id=customer_id, address=PostalAddress.from_dict(cart.shipping_address))


def _news(customer_id: UUID, answers: dict[str, Any]) -> dict[str, Any]:
    """Whoever only typed an address may be anybody: what its owner told us before is not theirs to change."""
    known = people.customer(customer_id)
    if known is None or known.user_id:
        return {}
    there = {name for name in answers if name != "occasions" and getattr(known, name)}
    if people.occasions_of(customer_id):
        there.add("occasions")
    return {name: value for name, value in answers.items() if name not in there}


def _birthday(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _answers(told: dict[str, Any]) -> dict[str, Any]:
    birthday = _birthday(str(told.get("birthday") or ""))
    answers: dict[str, Any] = {"birthday": birthday} if birthday else {}
    answers |= {name: str(told[name]) for name in ("preferred_channel", "heard_from") if told.get(name)}
    occasions = [
        OccasionView(str(each.get("kind", "")), str(each.get("name", "")), int(each["month"]), int(each["day"]))
        for each in told.get("occasions") or []
        if str(each.get("month", "")).isdecimal() and str(each.get("day", "")).isdecimal()
    ]
    return answers | ({"occasions": occasions} if occasions else {})
