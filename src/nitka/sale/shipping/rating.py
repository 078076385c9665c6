"""Prices that carriers calculate: kept for half an hour, asked for within a moment, or not at all.

A cart never waits for a carrier longer than `PATIENCE`; a carrier that did not answer is left alone for a minute.
Until there is an answer the table of the option counts. An order is frozen inside a transaction and asks nobody: it
takes the row that the shopper's page has left, so what was shown is what is paid.
"""

import hashlib
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import structlog
from django.db import connection

from nitka.ground import clock
from nitka.ground.money import round_half_up
from nitka.sale.shipping import providers
from nitka.sale.shipping.models import Rate
from nitka.sale.shipping.rules import plain
from nitka.shelf.content import queries as content
from nitka.shelf.pricing import queries as pricing

if TYPE_CHECKING:
    from nitka.sale.shipping.offering import Asked, Option

PATIENCE = 0.8  # seconds, for all carriers together
PATIENT = 6.0  # in the back office
GOOD_FOR = timedelta(minutes=30)
LEFT_ALONE = 60.0  # seconds
WEIGHT_STEP_G = 250
log = structlog.get_logger(__name__)
_pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="carrier-rates")
_silent_until: dict[str, float] = {}


def rates_of(options: "Sequence[Option]", asked: "Asked", *, ask: bool) -> dict[str, int]:
    """Option → minor units, markup included, for those whose carrier is known to have answered. One query; none
    without calculated options."""
    if not options:
        return {}
    questions = {_key(each, asked): each for each in options if each.carrier}
    since = clock.now() - GOOD_FOR
    known = dict(Rate.objects.filter(key__in=questions, asked_at__gte=since).values_list("key", "minor"))
    unknown = {key: option for key, option in questions.items() if key not in known}
    if unknown and ask and not connection.in_atomic_block:
        known |= _asked(unknown, asked)
    return {option.code: _marked_up(known[key], option) for key, option in questions.items() if key in known}


def ask_all(question: providers.RateQuestion) -> list[tuple[str, providers.CarrierRate]]:
    """See `queries.ask_rates`. Whoever does not answer in time or refuses is left out."""
    asked = {_pool.submit(each.rates, question): code for code, each in providers.found().items()}
    done, _late = wait(asked, timeout=PATIENT)
    found = []
    for future in done:
        try:
            found += [(asked[future], rate) for rate in future.result() if rate.minor > 0]
        except Exception as trouble:
            log.warning("carrier_gave_no_rate", carrier=asked[future], why=str(trouble)[:200])
    return sorted(found, key=lambda each: (each[1].minor, each[0]))


def forget() -> None:
    """Ask every carrier again. For tests."""
    _silent_until.clear()


def _asked(unknown: "dict[str, Option]", asked: "Asked") -> dict[str, int]:
    waiting: dict[Future[int | None], tuple[str, Option]] = {}
    for key, option in unknown.items():
        carrier = providers.found().get(option.carrier)
        if carrier is None or _silent_until.get(option.carrier, 0.0) > time.monotonic():
            continue
        question = _question(option, asked)
        waiting[_pool.submit(_one, carrier, option.service, question)] = key, option
    done, late = wait(waiting, timeout=PATIENCE)
    for future in late:
        _leave_alone(waiting[future][1].carrier, "no answer in time")
    found: dict[str, int] = {}
    for future in done:
        key, option = waiting[future]
        minor = _answer(future, option.carrier)
        if minor is not None:
            found[key] = minor
    _keep(found, unknown, asked)
    return found


def _answer(future: "Future[int | None]", carrier: str) -> int | None:
    try:
        return future.result()
    except Exception as trouble:
        _leave_alone(carrier, str(trouble))
        return None


def _one(carrier: providers.Carrier, service: str, question: providers.RateQuestion) -> int | None:
    """The price of that service, the cheapest one where none is named. A price of nothing, or in other money, is no
    price."""
    prices = [
        each.minor
        for each in carrier.rates(question)
        if each.minor > 0 and each.currency == question.currency and service in ("", each.service)
    ]
    return min(prices, default=None)


def _keep(found: dict[str, int], options: "dict[str, Option]", asked: "Asked") -> None:
    currency, now = pricing.market(asked.market).currency, clock.now()
    Rate.objects.bulk_create(
        [
            Rate(key=key, carrier=options[key].carrier, service=options[key].service, minor=minor, currency=currency,
                 asked_at=now)
            for key, minor in found.items()
        ],
        update_conflicts=True, unique_fields=["key"], update_fields=["minor", "asked_at"],
    )  # fmt: skip


def _question(option: "Option", asked: "Asked") -> providers.RateQuestion:
    shop = content.shop()
    return providers.RateQuestion(
        from_country=shop.country, from_postcode=shop.postcode, to_country=asked.country, to_postcode=asked.postcode,
        weight_g=_bracket(asked.load.weight_g), currency=pricing.market(asked.market).currency,
        service=option.service,
    )  # fmt: skip


def _key(option: "Option", asked: "Asked") -> str:
    parts = (
        option.carrier, option.service, asked.market, asked.country, plain(asked.postcode),
        str(_bracket(asked.load.weight_g)),
    )  # fmt: skip
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _bracket(weight_g: int) -> int:
    return max(WEIGHT_STEP_G, -(-weight_g // WEIGHT_STEP_G) * WEIGHT_STEP_G)


def _marked_up(minor: int, option: "Option") -> int:
    return round_half_up(Decimal(minor) * (100 + option.markup_percent) / 100)


def _leave_alone(carrier: str, why: str) -> None:
    _silent_until[carrier] = time.monotonic() + LEFT_ALONE
    log.warning("carrier_gave_no_rate", carrier=carrier, why=why[:200])
