"""GET /<language>/p/<slug>/prices"""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from nitka.faces.storefront.price_line import line_of
from nitka.faces.storefront.tests.makers import Shop, forget
from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.pricing import queries as prices
from nitka.shelf.search import actions as search

pytestmark = pytest.mark.django_db
PATH = "/en/p/brass-lamp/prices"


def asked_before(shop: Shop, minor: int | None, days: int) -> None:
    """As if everybody had been asked so much from that many days ago; None: it was not sold then."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pricing_points (id, variant_id, market, minor, reduced, at) VALUES (%s, %s, 'eu', %s, false, %s)",
            [new_id(), shop.variants["BRASS-LAMP"], minor, clock.now() - timedelta(days=days)],
        )


def test_a_price_that_never_moved_is_a_sentence_and_no_line(visitor: Client) -> None:
    text = visitor.get(PATH).content.decode()
    assert "The price has been €89.00 since" in text and "<path" not in text


def test_the_lowest_of_thirty_days_counts_what_was_asked_when_they_began(visitor: Client, shop: Shop) -> None:
    asked_before(shop, 7900, 50)
    asked_before(shop, 9900, 20)
    asked_before(shop, 5900, 120)
    text = visitor.get(PATH, headers={"HX-Request": "true"}).content.decode()
    assert "The lowest price of the last 30 days was €79.00" in text
    assert "<html" not in text and 'role="img"' in text
    assert text.index("€89.00") < text.index("€99.00") < text.rindex("€79.00") < text.index("€59.00")


def test_the_line_runs_from_edge_to_edge_and_falls_with_the_price(visitor: Client, shop: Shop) -> None:
    asked_before(shop, 9900, 120)
    asked_before(shop, 8900, 45)
    course = prices.course(UUID(shop.variants["BRASS-LAMP"]), "eu")
    assert line_of(course).path.startswith("M12.0 12.0H300.0L300.0 128.0")
    assert course.steps[0].at == course.since


def test_days_without_sale_leave_a_gap(visitor: Client, shop: Shop) -> None:
    asked_before(shop, 9900, 60)
    asked_before(shop, None, 40)
    asked_before(shop, 8900, 20)
    course = prices.course(UUID(shop.variants["BRASS-LAMP"]), "eu")
    assert line_of(course).path.count("M") == 2
    assert course.lowest_minor == 8900
    assert "not sold" in visitor.get(PATH).content.decode()


def test_what_is_not_sold_here_has_no_such_page(visitor: Client, shop: Shop) -> None:
    pricing.set_prices(prices=[(UUID(shop.variants["BRASS-LAMP"]), "eu", None, None)])
    search.rebuild()
    forget()
    assert visitor.get(PATH).status_code == 404
