"""What is easily forgotten when a public page learns something new: a table that nobody watches, a person in the page."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import signals
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nitka.faces.storefront.tests import makers
from nitka.faces.storefront.tests.ready import House, header, house
from nitka.faces.storefront.tests.test_ready_pages import PUBLIC, more_to_see
from nitka.ground.web.public import declared_by

# Said by `search.tables.replace_rows`, the one writer, with the ids of the products.
SAID = {"search_texts", "search_offers"}
# Asked for beside what is shown, and not shown. A reason for each.
NOT_SHOWN = {
    "pricing_tax_rates": "read along with the markets; prices on pages come from search_offers",
    "pricing_lists": "the same",
    "pricing_tax_places": "the same",
    "pricing_vat_checks": "the same",
    "pricing_lanes": "the same",
    "pricing_promotions": "the same; what a promotion takes off is told in the cart",
    "pricing_promotion_codes": "the same",
    "pricing_promotion_budgets": "the same",
    "catalog_products": "which product lends its picture to a room; search_offers follow every change of one",
    "catalog_categories": "which goods a quiz chooses among; every page shows @categories, which follow the tree",
    "events_sources": "the write key, made with the shop and never another",
    "web_page_changes": "the news themselves",
}
_TABLE = re.compile(r'\b(?:FROM|JOIN)\s+"?([a-z_]+)"?', re.IGNORECASE)


@pytest.fixture
def door(shop: makers.Shop) -> Iterator[House]:
    """A process that was started just now."""
    more_to_see()
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield house()
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


def watched() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%\\_shown\\_%'")
        return {row[0] for row in cursor.fetchall()}


def test_every_table_that_a_public_page_reads_is_watched(door: House) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {row[0] for row in cursor.fetchall()}
    read: dict[str, str] = {}
    for path in PUBLIC:
        makers.forget()
        with CaptureQueriesContext(connection) as captured:
            assert header(door.get(path), "X-Page-Cache") == "miss"
        read |= {name: path for each in captured for name in _TABLE.findall(each["sql"]) if name in tables}
    forgotten = set(read) - watched() - SAID - set(NOT_SHOWN)
    assert not forgotten, (
        f"{ {name: read[name] for name in forgotten} }: a public page reads what nobody watches. Put "
        "`watch(table)` into a migration of its domain, or say here why it is not shown."
    )


def test_every_public_view_is_among_the_pages_that_are_tested() -> None:
    def views(patterns: Any) -> Iterator[Any]:
        for each in patterns:
            if isinstance(each, URLPattern):
                yield each.callback, each.name
            else:
                yield from views(each.url_patterns)

    resolver = get_resolver()
    tested = {resolver.resolve(path.partition("?")[0]).url_name for path in PUBLIC}
    public = {name for view, name in views(resolver.url_patterns) if declared_by(view)}
    assert public == tested, "Add an address of it to PUBLIC."


people = st.fixed_dictionaries(
    {},
    optional={
        "User_Agent": st.text(st.characters(codec="latin-1", exclude_categories=["C"]), max_size=40),
        "Referer": st.sampled_from(["https://a.example/", "https://search.example/?q=secret"]),
        "X_Forwarded_For": st.ip_addresses(v=4).map(str),
        "Accept": st.sampled_from(["text/html", "application/json", "*/*"]),
        "Accept_Language": st.sampled_from(["en-DE", "en-DE,de;q=0.8", "de-DE", "en-PL"]),
        "X_Request_ID": st.text("abcdef0123456789", min_size=8, max_size=20),
        "cookie": st.sampled_from(
            ["nitka_visitor=aaaaaaaa-bbbb", "_ga=GA1.2.3", "nitka_order=K7", "nitka_csrf=abc", "a=b; c=d"]
        ),
    },
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=people, path=st.sampled_from(PUBLIC))
def test_a_public_page_is_the_same_for_everybody(door: House, who: dict[str, str], path: str) -> None:
    ready = door.get(path, **who)
    door.pages.pages.clear()
    plain = {name: value for name, value in who.items() if name != "cookie"}
    made_for_them = door.plain(path, **plain, **({"Cookie": who["cookie"]} if "cookie" in who else {}))
    assert ready.body == door.get(path, Accept_Language="en-DE").body == made_for_them.body
    assert "Set-Cookie" not in dict(ready.headers)
