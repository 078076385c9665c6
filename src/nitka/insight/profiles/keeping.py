"""The rows of the summaries: read, folded into, written, compared."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

import orjson
from django.db import connection

from nitka.ground.facts import followers
from nitka.insight.profiles import behaviour, buying
from nitka.insight.profiles.sketches import State
from nitka.people.customers import queries as customers
from nitka.people.events import queries as events
from nitka.people.events.queries import EventView
from nitka.sale.orders import queries as orders
from nitka.shelf.content import queries as content

FOLLOWER = "profiles.events"
BATCH = 2000
Key = tuple[UUID, date]


def take_in(found: Sequence[EventView]) -> None:
    """Fold new events into the summaries of their evidence and month, in the caller's transaction."""
    news: dict[Key, State] = {}
    for event in found:
        if summary := behaviour.summary_of(event):
            key = (event.evidence, behaviour.month_of(event.at))
            behaviour.merge(behaviour.FIELDS, news.setdefault(key, {}), summary)
    if not news:
        return
    known = read_behaviour(news)
    refused = refused_fields({evidence for evidence, _month in news})
    changed: dict[Key, State] = {}
    for key, state in news.items():
        whole = behaviour.merged(known.get(key, {}), state)
        if allowed := without(whole, refused.get(key[0], frozenset())):
            changed[key] = allowed
    write_behaviour(changed)


def refused_fields(evidence_ids: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """What may not be summed up under those of these ids whose person says no; in two queries."""
    found: dict[UUID, frozenset[str]] = {}
    for purpose, fields in (("analytics", behaviour.MEASURED), ("personalisation", behaviour.PERSONAL)):
        for evidence in customers.refused(evidence_ids, purpose):
            found[evidence] = found.get(evidence, frozenset()) | fields.keys()
    return found


def without(state: State, fields: frozenset[str]) -> State:
    """The state without these fields."""
    return {name: value for name, value in state.items() if name not in fields} if fields else state


def read_behaviour(keys: Iterable[Key]) -> dict[Key, State]:
    """The stored summaries of these evidences and months."""
    wanted = list(keys)
    sql = (
        "SELECT evidence, month, state::text FROM profiles_behaviour"
        " JOIN unnest(%s::uuid[], %s::date[]) AS wanted(evidence, month) USING (evidence, month)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [[key[0] for key in wanted], [key[1] for key in wanted]])
        return {(evidence, month): orjson.loads(state) for evidence, month, state in cursor.fetchall()}


def write_behaviour(states: dict[Key, State]) -> None:
    """Put these summaries in the place of what was stored."""
    if not states:
        return
    # In one order, so that two writers never wait for each other.
    rows = sorted(states.items(), key=lambda row: row[0])
    sql = (
        "INSERT INTO profiles_behaviour (evidence, month, state)"
        " SELECT * FROM unnest(%s::uuid[], %s::date[], %s::jsonb[])"
        " ON CONFLICT (evidence, month) DO UPDATE SET state = EXCLUDED.state"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            [[key[0] for key, _s in rows], [key[1] for key, _s in rows], [orjson.dumps(s).decode() for _k, s in rows]],
        )


def drop_behaviour(keys: Iterable[Key]) -> None:
    """Take these summaries away."""
    gone = list(keys)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM profiles_behaviour USING unnest(%s::uuid[], %s::date[]) AS gone(evidence, month)"
            " WHERE profiles_behaviour.evidence = gone.evidence AND profiles_behaviour.month = gone.month",
            [[key[0] for key in gone], [key[1] for key in gone]],
        )


def stop_follower() -> int:
    """Hold the follower until the end of the transaction, and say how far it has read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('follower'), hashtext(%s))", [FOLLOWER])
    return followers.cursor_of(FOLLOWER)


def computed_behaviour(month: date, until: int, evidence_ids: Sequence[UUID] | None) -> Iterator[tuple[UUID, State]]:
    """What the events of a month up to that number say, evidence by evidence, whatever is refused by now."""
    state: State = {}
    whose: UUID | None = None
    for event in events.of_month(month, until=until, evidence_ids=evidence_ids):
        if event.evidence != whose:
            if whose and state:
                yield whose, state
            whose, state = event.evidence, {}
        behaviour.fold(state, event)
    if whose and state:
        yield whose, state


def stored_behaviour(month: date, evidence_ids: Sequence[UUID] | None) -> dict[UUID, State]:
    """What is stored of a month."""
    sql, given = "SELECT evidence, state::text FROM profiles_behaviour WHERE month = %s", [month]
    if evidence_ids is not None:
        sql += " AND evidence = ANY(%s)"
        given.append(list(evidence_ids))  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return {evidence: orjson.loads(state) for evidence, state in cursor.fetchall()}


def lock_buying(customer_ids: Iterable[UUID]) -> dict[UUID, State]:
    """The stored summaries of these buyers, locked in one order until the end of the transaction; {} for new ones.

    Locked before the orders are read, so that of two at a time the second reads what the first has seen and more.
    """
    wanted = sorted(customer_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO profiles_buying (customer_id, state) SELECT id, '{}' FROM unnest(%s::uuid[]) AS own(id)"
            " ORDER BY id ON CONFLICT DO NOTHING",
            [wanted],
        )
        cursor.execute(
            "SELECT customer_id, state::text FROM profiles_buying WHERE customer_id = ANY(%s)"
            " ORDER BY customer_id FOR UPDATE",
            [wanted],
        )
        return {customer: orjson.loads(state) for customer, state in cursor.fetchall()}


def computed_buying(customer_ids: Iterable[UUID]) -> dict[UUID, State]:
    """What the orders of these buyers say; nobody without orders."""
    zone = content.shop().zone
    by_customer = defaultdict(list)
    for purchase in orders.purchases_of(customer_ids):
        by_customer[purchase.customer_id].append(purchase)
    found: dict[UUID, State] = {}
    for customer_id, bought in by_customer.items():
        reference, state = buying.state_of(bought, zone)
        found[customer_id] = {**state, "reference": reference}
    return found


def write_buying(states: dict[UUID, State]) -> None:
    """Store these summaries."""
    if not states:
        return
    rows = sorted(states.items())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO profiles_buying (customer_id, state) SELECT * FROM unnest(%s::uuid[], %s::jsonb[])"
            " ON CONFLICT (customer_id) DO UPDATE SET state = EXCLUDED.state",
            [[customer for customer, _s in rows], [orjson.dumps(state).decode() for _c, state in rows]],
        )


def read_buying(customer_ids: Iterable[UUID]) -> list[State]:
    """The stored summaries of these rows of customers, in one order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state::text FROM profiles_buying WHERE customer_id = ANY(%s) ORDER BY customer_id",
            [list(customer_ids)],
        )
        return [orjson.loads(row[0]) for row in cursor.fetchall()]


def stored_buyers() -> list[UUID]:
    """Who has a summary of orders."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT customer_id FROM profiles_buying ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]
