"""What reviews say stands in the rows that pages read, and orders lists."""

import pytest

from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews.tests.makers import draft, some_reviews
from nitka.shelf.search import actions as search
from nitka.shelf.search import queries
from nitka.shelf.search.tests.shop import open_shop
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


def test_the_page_and_the_card_of_a_product_know_its_stars(own_index: None) -> None:
    ids = open_shop()
    some_reviews(ids["lamp"], 5, 4, language="en", body="Warm light.")
    search.rebuild(product_ids=[ids["lamp"]])
    page = queries.product_page_by_id(product_id=ids["lamp"], language="en", market="eu")
    assert page and page.opinions and (page.opinions["mean"], page.opinions["count"]) == (450, 2)
    assert page.opinions["reviews"][0]["body"] == "Warm light." and "customer_id" not in page.opinions["reviews"][0]
    [card] = queries.cards([ids["lamp"]], "en", "eu")
    assert card.rating == [450, 2]
    [other] = queries.cards([ids["chair"]], "en", "eu")
    assert other.rating is None


def test_the_best_rated_come_first_and_stars_are_a_facet(own_index: None) -> None:
    ids = open_shop()
    some_reviews(ids["pillow"], 5)
    some_reviews(ids["chair"], *([5] * 12))
    some_reviews(ids["lamp"], 1, 2)
    search.rebuild()
    search.build_index()
    found = queries.find(sort="rated", language="en", market="eu")
    assert [card.product_id for card in found.cards][:3] == [ids["chair"], ids["pillow"], ids["lamp"]]
    only = queries.find(filters={"rating": ["4"]}, language="en", market="eu")
    assert {card.product_id for card in only.cards} == {ids["chair"], ids["pillow"]}


def test_a_published_review_reaches_the_page_by_itself(own_index: None) -> None:
    ids = open_shop()
    reviews.put_reviews(drafts=[draft(ids["lamp"], 3)], history=False)
    run_jobs()
    page = queries.product_page_by_id(product_id=ids["lamp"], language="en", market="eu")
    assert page and page.opinions and page.opinions["mean"] == 300
