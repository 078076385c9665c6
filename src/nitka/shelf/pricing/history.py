"""What everybody was asked to pay, and when: the proof behind "lowest price of the last 30 days"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from nitka.ground import clock
from nitka.ground.ids import new_id

_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Step:
    """What everybody was asked from a moment on; None: not sold then."""

    at: datetime
    minor: int | None


@dataclass(frozen=True, slots=True)
class Course:
    """The price of a variant over the last days: its steps, the first at the start of the window or when sale began.

    `lowest_minor` is the lowest of the last `lowest_days` days, and `lowest_at` when it was first asked in them.
    """

    since: datetime
    until: datetime
    steps: Sequence[Step]
    lowest_days: int
    lowest_minor: int | None
    lowest_at: datetime | None


# One statement for any number of prices: what everybody pays now, what the last point says, and the lowest price of the
# days before. A price counts in the window if it was asked at any moment of it, so also the one that ran when it began.
_NOTE = """
WITH wanted AS (
    SELECT * FROM unnest(%(ids)s::uuid[], %(variants)s::uuid[], %(markets)s::text[]) AS w (id, variant, market)
), now_asked AS (
    SELECT w.id, w.variant, w.market, LEAST(p.minor, l.minor) AS minor,
           COALESCE(p.minor <= COALESCE(l.minor, p.minor) AND p.compare_at_minor IS NOT NULL
                    OR l.minor < p.minor AND l.kind = 'sale', FALSE) AS reduced
    FROM wanted w
    LEFT JOIN pricing_prices p ON p.variant_id = w.variant AND p.market = w.market
    LEFT JOIN LATERAL (
        SELECT price.minor, list.kind FROM pricing_list_prices price JOIN pricing_lists list ON list.id = price.list_id
        WHERE price.variant_id = w.variant AND list.market = w.market AND price.from_quantity = 1 AND list.active
              AND list.labels = '{}' AND list.groups = '{}' AND list.companies = '{}'
              AND COALESCE(list.starts_at <= %(at)s, TRUE) AND COALESCE(list.ends_at > %(at)s, TRUE)
        ORDER BY price.minor, list.kind DESC LIMIT 1
    ) l ON p.id IS NOT NULL
), news AS (
    SELECT a.*, last.id IS NOT NULL AS known, m.prior_days FROM now_asked a
    JOIN pricing_markets m ON m.code = a.market
    LEFT JOIN LATERAL (
        SELECT id, minor, reduced FROM pricing_points x WHERE x.variant_id = a.variant AND x.market = a.market
        ORDER BY x.at DESC, x.id DESC LIMIT 1
    ) last ON TRUE
    WHERE (last.id IS NULL AND a.minor IS NOT NULL)
       OR (last.id IS NOT NULL AND (last.minor, last.reduced) IS DISTINCT FROM (a.minor, a.reduced))
), told AS (
    INSERT INTO pricing_points (id, variant_id, market, minor, reduced, prior_minor, at)
    SELECT n.id, n.variant, n.market, n.minor, n.reduced, CASE WHEN n.reduced THEN (
        SELECT MIN(x.minor) FROM pricing_points x WHERE x.variant_id = n.variant AND x.market = n.market
        AND x.at >= COALESCE((
            SELECT MAX(y.at) FROM pricing_points y WHERE y.variant_id = n.variant AND y.market = n.market
            AND y.at <= %(at)s - make_interval(days => n.prior_days)
        ), '-infinity')
    ) END, %(at)s FROM news n
    RETURNING variant_id, market, prior_minor
)
UPDATE pricing_prices p SET prior_minor = told.prior_minor FROM told
WHERE p.variant_id = told.variant_id AND p.market = told.market
RETURNING p.variant_id, p.market
"""


def note(keys: Iterable[tuple[UUID, str]], at: datetime | None = None) -> list[tuple[UUID, str]]:
    """Write down what these (variant, market) cost everybody from now on, where that is news; which it was."""
    todo = sorted(set(keys))
    changed: list[tuple[UUID, str]] = []
    for start in range(0, len(todo), _CHUNK):
        batch = todo[start : start + _CHUNK]
        asked: dict[str, Any] = {
            "ids": [new_id() for _key in batch], "variants": [key[0] for key in batch],
            "markets": [key[1] for key in batch], "at": at or clock.now(),
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_NOTE, asked)
            changed += cursor.fetchall()
    return changed


def lowest_since(variant_id: UUID, market: str, days: int = 30) -> int | None:
    """The lowest price that everybody was asked for in the last days, today's among them; None if there was none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT MIN(minor) FROM pricing_points x WHERE variant_id = %(variant)s AND market = %(market)s"
            " AND at >= COALESCE((SELECT MAX(at) FROM pricing_points WHERE variant_id = %(variant)s"
            " AND market = %(market)s AND at <= %(since)s), '-infinity')",
            {"variant": variant_id, "market": market, "since": clock.now() - timedelta(days=days)},
        )
        found: int | None = cursor.fetchone()[0]
    return found


def course(variant_id: UUID, market: str, *, days: int = 90, lowest_days: int = 30) -> Course:
    """How the price went, for a line. One query."""
    until = clock.now()
    since, recent = until - timedelta(days=days), until - timedelta(days=lowest_days)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, minor FROM pricing_points WHERE variant_id = %(variant)s AND market = %(market)s"
            " AND at <= %(until)s AND at >= COALESCE((SELECT MAX(at) FROM pricing_points"
            " WHERE variant_id = %(variant)s AND market = %(market)s AND at <= %(since)s), '-infinity')"
            " ORDER BY at, id",
            {"variant": variant_id, "market": market, "since": since, "until": until},
        )
        rows = cursor.fetchall()
    steps = [Step(max(at, since), minor) for at, minor in rows]
    ends = [*(step.at for step in steps[1:]), until]
    lately = [(step.minor, max(step.at, recent)) for step, end in zip(steps, ends, strict=True)
              if end > recent and step.minor is not None]  # fmt: skip
    lowest = min(lately, default=(None, None))
    return Course(since, until, steps, lowest_days, *lowest)
