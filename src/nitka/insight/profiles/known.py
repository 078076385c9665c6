"""All that a profile is read from, gathered once: what was told, what orders and events say, what facts count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Count, Max
from django.utils.translation import get_language

from nitka.ground import clock, locale
from nitka.ground.facts.models import FactRow
from nitka.insight.profiles import behaviour, buying, fading, keeping
from nitka.insight.profiles.sketches import State
from nitka.people.customers import queries as customers
from nitka.people.customers.queries import CustomerView, OccasionView
from nitka.shelf.catalog import queries as catalog

TOLD = "customers.customer_told"
# Told by the desk, which stands above: known here by name alone.
ANSWERED = "desk.message_received"


@dataclass(frozen=True)
class Known:
    """What a profile is made of. Weights in `behaviour` and `buying` are faded to `now`."""

    customer: CustomerView
    now: datetime
    language: str
    told: Mapping[str, datetime] = field(default_factory=dict)
    occasions: Sequence[OccasionView] = ()
    answers: Mapping[str, tuple[int, datetime]] = field(default_factory=dict)
    behaviour: State = field(default_factory=dict)
    buying: State = field(default_factory=dict)
    goods: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # product id → category, brand
    withheld: frozenset[str] = frozenset()  # purposes that the person refuses

    @property
    def visits(self) -> int:
        return len(self.behaviour.get("visits", ()))

    @property
    def orders(self) -> int:
        return int(self.buying.get("orders", 0))


def gather(customer: CustomerView) -> Known:
    """Read everything; some eight queries, whatever the customer did."""
    own = customers.customer_ids_of(customer.id)
    now = clock.now()
    evidence_ids = customers.evidence_ids_of(customer.id)
    refused = withheld(customer.email, own, evidence_ids)
    bought = bought_by(keeping.read_buying(own), now)
    done = done_by(behaviour_rows(evidence_ids), now, refused)
    return Known(
        customer, now, get_language() or locale.FALLBACK, told_at(own), customers.occasions_of(customer.id),
        answers_of(own), done, bought, _goods({**done.get("products", {}), **bought.get("products", {})}), refused,
    )  # fmt: skip


def withheld(email: str, own: Sequence[UUID], evidence_ids: Sequence[UUID]) -> frozenset[str]:
    """The purposes that this person refuses by their newest word on any device, account or address.

    What they never answered is up to each event, which holds what was allowed when it happened.
    """
    newest: dict[str, bool] = {}
    for line in customers.consents_of(email, customer_ids=own, evidence=evidence_ids):
        newest.setdefault(line.purpose, line.granted)
    return frozenset(purpose for purpose in ("analytics", "personalisation") if newest.get(purpose) is False)


def behaviour_rows(evidence_ids: Sequence[UUID]) -> list[tuple[date, State]]:
    """The summaries of these pieces of evidence, in one order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month, state::text FROM profiles_behaviour WHERE evidence = ANY(%s) ORDER BY month, evidence",
            [list(evidence_ids)],
        )
        return [(month, orjson.loads(state)) for month, state in cursor.fetchall()]


def done_by(rows: Sequence[tuple[date, State]], now: datetime, refused: frozenset[str]) -> State:
    """One summary of all months and devices, its weights as they are now, without what the person refuses."""
    left_out = {
        *(behaviour.MEASURED if "analytics" in refused else ()),
        *(behaviour.PERSONAL if "personalisation" in refused else ()),
    }
    whole: State = {}
    for month, state in rows:
        told = {name: value for name, value in state.items() if name not in left_out}
        for name in ("products", "shelves"):
            _fade(told, name, behaviour.reference_of(month), now)
        behaviour.merge(behaviour.FIELDS, whole, told)
    return whole


def bought_by(states: Sequence[State], now: datetime) -> State:
    """One summary of the orders of all rows of a customer, its weights as they are now."""
    whole: State = {}
    for state in states:
        told = {name: value for name, value in state.items() if name != "reference"}
        _fade(told, "products", state.get("reference", 0), now)
        buying.merge(buying.FIELDS, whole, told)
    return whole


def _fade(state: State, name: str, reference: int, now: datetime) -> None:
    if name in state:
        moment = fading.milliseconds(now)
        state[name] = {
            word: [fading.faded(entry[0], reference, moment), *entry[1:]] for word, entry in state[name].items()
        }


def told_at(own: Sequence[UUID]) -> dict[str, datetime]:
    """Topic → when the customer told us of it last."""
    rows = FactRow.objects.filter(whose__in=own, kind=TOLD).order_by("at", "id").values_list("payload", "at")
    return {str(topic): at for payload, at in rows for topic in payload.get("topics", ())}


def answers_of(own: Sequence[UUID]) -> dict[str, tuple[int, datetime]]:
    """Channel → how many messages came from it, and the last."""
    rows = FactRow.objects.filter(whose__in=own, kind=ANSWERED).values("payload__channel").order_by()
    counted = rows.annotate(messages=Count("id"), last=Max("at"))
    return {str(row["payload__channel"]): (row["messages"], row["last"]) for row in counted if row["payload__channel"]}


def _goods(products: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Names of category and brand of those products that are ours."""
    ids = [each for each in map(_uuid, products) if each]
    if not ids:
        return {}
    language = get_language() or locale.FALLBACK
    rows = catalog.product_rows().filter(id__in=ids)
    return {
        str(row.id): (
            locale.pick(row.category.name, language) if row.category else "", row.brand.name if row.brand else ""
        )
        for row in rows
    }  # fmt: skip


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def moment(milliseconds: int) -> datetime:
    """The moment of an [at, …] of a summary."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
