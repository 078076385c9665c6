"""A promise that will not be kept, and what the shopper makes of it."""

from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from nitka.faces.api.order_opening import opened
from nitka.faces.api.order_shapes import Order, iso, shown
from nitka.faces.api.schemas import FALLBACK, REFUSALS, Language, Text
from nitka.ground.web.idempotency import idempotent
from nitka.sale.orders import actions
from nitka.sale.orders import queries as orders

router = Router()


class Way(Schema):
    option: str
    name: str
    day_from: str
    day_to: str


class Delay(Schema):
    cause: str
    cause_text: str
    first_day: str | None
    new_day: str
    choice: str = Field(description="What was chosen already, if anything.")
    ways: list[Way] = Field(description="Other ways to the door, at no cost; until the parcel leaves.")
    days: list[str] = Field(description="Later days to choose from; until the parcel leaves.")
    can_cancel: bool


class Answer(Schema):
    choice: Literal["wait", "change", "cancel"]
    option: Text = Field("", description="For change: one of `ways`.")
    day: date | None = Field(None, description="For change: one of `days`.")


@router.get("/orders/{code}/delay", response={200: Delay, **REFUSALS}, summary="Why it comes later, and the choice")
def read(request: HttpRequest, code: str, token: str, language: Language = FALLBACK) -> Any:
    """404 while the promised day stands."""
    offered = orders.choices_of_delay(opened(code, token).id)
    if offered is None:
        raise Http404
    return Delay(
        cause=offered.cause, cause_text=offered.cause_text, first_day=iso(offered.first_day),
        new_day=offered.new_day.isoformat(), choice=offered.choice, can_cancel=offered.can_cancel,
        ways=[
            Way(option=each.code, name=each.name, day_from=each.promise.day_from.isoformat(),
                day_to=each.promise.day_to.isoformat())
            for each in offered.options
        ],
        days=[day.isoformat() for day in offered.days],
    )  # fmt: skip


@router.post("/orders/{code}/delay", response={200: Order, **REFUSALS}, summary="Wait, change or cancel")
@decorate_view(idempotent)
def answer(request: HttpRequest, code: str, token: str, said: Answer, language: Language = FALLBACK) -> Any:
    found = opened(code, token)
    actions.answer_delay(order_id=found.id, choice=said.choice, option=said.option, day=said.day)
    return shown(opened(code, token))
