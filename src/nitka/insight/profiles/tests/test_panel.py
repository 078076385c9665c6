"""The panel of the back office shows each value with its origin."""

from typing import Any

from django.template.loader import get_template

from nitka.insight.profiles.tests.makers import ANNA, bought, happened
from nitka.insight.profiles.tests.test_values import view
from nitka.insight.profiles.views import ProfileView


def panel(profile: ProfileView, **more: Any) -> str:
    return str(get_template("profiles/panel.html").render({"profile": profile, "language": "en", **more}))


def test_each_value_tells_where_it_comes_from() -> None:
    shown = panel(view(orders=[bought("NK-1")], events=[happened(1, "Rage Click", path="/en/cart")]))
    for words in ("Spent in total", "€50.00", "from 1 order", "NK-1", "Clicked in anger", "last on /en/cart"):
        assert words in shown
    assert 'data-tone="danger"' in shown and "style=" not in shown


def test_orders_are_linked_where_the_page_says_how() -> None:
    shown = panel(view(orders=[bought("NK-1")]), order_href=lambda code: f"/back/orders/{code}/")
    assert '<a href="/back/orders/NK-1/">NK-1</a>' in shown


def test_what_people_typed_is_escaped() -> None:
    shown = panel(view(events=[happened(1, "Products Searched", query="<script>", results=1)]))
    assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_an_empty_profile_says_how_it_fills() -> None:
    assert "first order or visit" in panel(ProfileView(customer_id=ANNA, groups=(), notes=("Nothing of visits.",)))
