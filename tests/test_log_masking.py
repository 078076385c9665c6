"""What a log says of a request that broke: its route and its places, and nothing that a person typed or holds."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from nitka.config.logs import log_handler
from nitka.ground.ids import new_token
from nitka.ground.masking import masked

HOST, KEY = "example.com", "aB3dE5gH7jK9mN1pQ3sT5vW7"


def broken(request: HttpRequest, key: str) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE t (email text UNIQUE)")
            cursor.execute("INSERT INTO t VALUES (%s), (%s)", ["ida@" + HOST] * 2)
    except IntegrityError as trouble:
        raise RuntimeError(f"nobody is {key} or max@{HOST}") from trouble
    raise AssertionError


urlpatterns = [path("wishes/<str:key>/", broken, name="wishes")]


@pytest.fixture
def lines(settings: Any) -> Iterator[io.StringIO]:
    settings.ROOT_URLCONF = __name__
    handler = log_handler("json")
    out = handler.stream = io.StringIO()  # type: ignore[attr-defined]
    logging.getLogger().addHandler(handler)
    yield out
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
def test_a_broken_request_names_its_route_and_place_and_no_key_and_nobody(lines: io.StringIO) -> None:
    client = Client(raise_request_exception=False, headers={"x-request-id": "number-7-of-today"})
    assert client.get(f"/wishes/{KEY}/").status_code == 500
    said = [json.loads(line) for line in lines.getvalue().splitlines()]
    (broke,) = [each for each in said if "exception" in each]
    assert broke["event"] == "Internal Server Error: /wishes/<str:key>/" and broke["request_id"] == "number-7-of-today"
    assert KEY not in lines.getvalue() and f"@{HOST}" not in lines.getvalue()
    assert "in broken" in broke["exception"] and "duplicate key value violates unique constraint" in broke["exception"]
    assert "RuntimeError: nobody is … or …" in broke["exception"]


@pytest.mark.django_db
def test_an_address_where_nothing_stands_is_told_by_its_plain_words(lines: io.StringIO) -> None:
    Client().get(f"/en/lists/{KEY}/ida@example.com/")
    assert "Not Found: /en/lists/\\u2026/\\u2026/" in lines.getvalue() and KEY not in lines.getvalue()


def test_every_key_of_ours_is_seen_as_one_and_names_of_code_are_not() -> None:
    assert all(masked(new_token()) == "…" for _each in range(200))
    for word in (
        "orders_order_code_key",
        "0197a2b4-0000-7000-8000-1234567890ab",
        "CarrierRefusedProblem",
        "NK-7F3Q-2M",
    ):
        assert masked(word) == word
