"""Sending, and what the clock asks."""

import random
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic, task
from nitka.ground.facts.models import FactRow
from nitka.ground.web.outbound import Answer, NotSent, post
from nitka.ground.webhooks import noting, signing
from nitka.ground.webhooks.models import Delivery, Endpoint

State = Delivery.State
# Standard Webhooks 1.0.0: the first try at once, the last after three days.
WAITS = (0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
LONGEST_WAIT = 86_400
KEPT = timedelta(days=30)
TEST = "webhooks.test"


@task(queue="webhooks")
def deliver(*, delivery_id: str) -> None:
    """One try. Does nothing for what is delivered, given up, or not due any more."""
    row = Delivery.objects.select_related("endpoint").filter(id=delivery_id, state=State.WAITING).first()
    if row is None or not row.endpoint.enabled or (row.next_at and row.next_at > clock.now()):
        return
    content = content_of(row)
    if content is None:
        Delivery.objects.filter(id=row.id).update(state=State.FAILED, next_at=None, answer="the fact is gone")
        return
    now = clock.now()
    living = [row.endpoint.old_secret] if row.endpoint.old_until and row.endpoint.old_until > now else []
    headers = signing.headers(message_id(row), now, content, row.endpoint.secret, *living)
    try:
        outcome: Answer | NotSent = post(row.endpoint.url, content, headers)
    except NotSent as trouble:
        outcome = trouble
    _note(row.id, outcome, now)


def message_id(row: Delivery) -> str:
    """The same at every try and every replay, so that receivers can tell."""
    return f"msg_{(row.fact_id or row.id).hex}"


def content_of(row: Delivery) -> bytes | None:
    """The bytes that are sent for it; None where the fact is gone."""
    if row.fact_id is None:
        return signing.body(TEST, row.created_at, {"hello": "from Nitka"})
    fact = FactRow.objects.filter(id=row.fact_id).first()
    return signing.body(fact.kind, fact.at, {"id": str(fact.id), **fact.payload}) if fact else None


@transaction.atomic
def _note(delivery_id: UUID, outcome: Answer | NotSent, now: datetime) -> None:
    row = Delivery.objects.select_for_update().filter(id=delivery_id, state=State.WAITING).first()
    if row is None:
        return
    row.tries += 1
    row.status = outcome.status if isinstance(outcome, Answer) else None
    row.answer = outcome.excerpt if isinstance(outcome, Answer) else str(outcome)
    row.log = [*row.log, _line(outcome, now)][-len(WAITS) * 2 :]
    row.next_at = None
    if isinstance(outcome, Answer) and 200 <= outcome.status < 300:
        row.state = State.DELIVERED
    elif isinstance(outcome, Answer) and outcome.status == 410:
        row.state = State.FAILED
        Endpoint.objects.filter(id=row.endpoint_id).update(enabled=False, why_disabled="It answered 410 Gone.")
        noting.forget()
    elif row.tries >= len(WAITS):
        row.state = State.FAILED
    else:
        wait = _wait(row.tries, outcome, now)
        row.next_at = clock.now() + timedelta(seconds=wait)
        deliver.later_in(wait, delivery_id=str(row.id))
    row.save()


def _line(outcome: Answer | NotSent, now: datetime) -> dict[str, Any]:
    if isinstance(outcome, Answer):
        return {"at": now.isoformat(), "status": outcome.status, "ms": round(outcome.seconds * 1000)}
    return {"at": now.isoformat(), "error": str(outcome)}


def _wait(tries: int, outcome: Answer | NotSent, now: datetime) -> float:
    """Seconds until the next try: the table's, a little more so that not all come at once, or what was asked for."""
    wait = WAITS[tries] * (1 + random.random() / 10)  # noqa: S311 - no secret
    asked = outcome.headers.get("retry-after", "") if isinstance(outcome, Answer) else ""
    if asked.isdecimal():
        return max(wait, min(int(asked), LONGEST_WAIT))
    if asked:
        try:
            return max(wait, min((parsedate_to_datetime(asked) - now).total_seconds(), LONGEST_WAIT))
        except (ValueError, TypeError):
            pass
    return wait


@periodic("*/5 * * * *", queue="clock")
def resume_deliveries() -> None:
    """Deliveries whose job was lost (a dead letter of the queue, an endpoint that was off) are taken up again."""
    late = clock.now() - timedelta(minutes=2)
    rows = Delivery.objects.filter(state=State.WAITING, endpoint__enabled=True, next_at__lt=late)
    for delivery_id in rows.order_by("next_at").values_list("id", flat=True)[:500]:
        deliver.later(delivery_id=str(delivery_id))


@periodic("41 3 * * *")
def forget_old_deliveries() -> None:
    """The log is kept for thirty days."""
    Delivery.objects.filter(created_at__lt=clock.now() - KEPT).exclude(state=State.WAITING).delete()
    Endpoint.objects.filter(old_until__lt=clock.now()).update(old_secret="", old_until=None)
