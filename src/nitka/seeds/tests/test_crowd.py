"""Invented reviews and questions: as many and as good as their rules say, in every language, each in its own words."""

import re
from collections import Counter
from itertools import pairwise
from uuid import uuid4

import pytest

from nitka.ground.locale import LANGUAGES
from nitka.seeds import crowd, files, visitors

IDS = {product["handle"]: uuid4() for product in files.products()}
RULES = files.read("crowd/rules.json")
SCRIPTS = {"bg": "[а-я]", "ru": "[а-я]", "hy": "[ա-ֆ]"}


@pytest.fixture(scope="module")
def drafts() -> list:
    return list(crowd.review_drafts(IDS))


@pytest.mark.parametrize("handle", RULES["products"])
def test_the_stars_of_a_product_are_those_of_its_kind(handle: str) -> None:
    kind, count = RULES["products"][handle]
    found, shares = Counter(crowd.stars(handle)), RULES["kinds"][kind]
    assert sum(found.values()) == count
    assert all(abs(found[star] - count * share / 100) < 1 for star, share in enumerate(shares, 1))


def test_there_is_enough_to_read_and_every_product_has_some(drafts: list) -> None:
    published = [each for each in drafts if each.state == "published"]
    assert len(published) >= 150
    assert {each.product_id for each in published} == set(IDS.values())
    assert sum(each.state == "waiting" for each in drafts) == RULES["waiting"]
    assert len({each.key for each in drafts}) == len(drafts)


def test_languages_have_their_shares(drafts: list) -> None:
    spoken = Counter(each.language for each in drafts if each.state == "published")
    total = sum(spoken.values())
    assert set(spoken) == set(LANGUAGES)
    assert all(abs(spoken[one] - total * share / 100) < 1 for one, share in dict(RULES["languages"]).items())


def test_nobody_writes_what_another_wrote_of_the_same_product(drafts: list) -> None:
    said = [(each.product_id, each.body) for each in drafts]
    assert len(set(said)) == len(said)


def test_most_are_buyers_and_the_shop_answers_the_unhappy(drafts: list) -> None:
    published = [each for each in drafts if each.state == "published"]
    assert 0.75 < sum(each.verified for each in published) / len(published) < 0.95
    answered = [each for each in published if each.answer]
    assert answered and all(each.rating <= 3 and each.answered_at > each.created_at for each in answered)


def test_the_same_rules_give_the_same_crowd() -> None:
    once, again = ([(each.key, each.body, each.rating) for each in crowd.review_drafts(IDS)] for _ in range(2))
    assert once == again


def test_questions_wait_or_are_answered_in_the_language_they_were_asked_in() -> None:
    found = list(crowd.question_drafts(IDS))
    assert len(found) >= 40 and sum(each.state == "waiting" for each in found) >= 3
    for each in found:
        letters = SCRIPTS.get(each.language, "[a-z]")
        for text in (each.body, *(answer.body for answer in each.answers)):
            assert len(re.findall(letters, text.lower())) > len(text) / 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_sentence_for_every_product_and_as_many_as_the_others(language: str) -> None:
    told, english = files.read(f"crowd/{language}.json"), files.read("crowd/en.json")
    assert told["of"].keys() == set(IDS)
    for mood in ("praise", "doubt"):
        assert {k: len(v) for k, v in told[mood].items()} == {k: len(v) for k, v in english[mood].items()}
    assert all(word not in str(told).lower() for word in ("lorem", "todo"))


def test_visits_follow_their_rules_and_nobody_orders() -> None:
    rules, told = files.read("crowd/visits.json"), list(visitors.visits(IDS))
    first = [each for each in told if each["messageId"].endswith("-1")]
    names = Counter(each.get("event", "page") for each in told)
    assert len(first) == rules["visits"] and len({each["messageId"] for each in told}) == len(told)
    assert names["Product Viewed"] > names["Product Added"] > names["Checkout Started"] > 0
    assert "Order Completed" not in names
    assert all(each["context"]["demo"] and "@" not in str(each) for each in told)
    assert 0.15 < names["Product Added"] / len(first) < 0.33


def test_one_thing_leads_to_another() -> None:
    seen: dict[str, list[str]] = {}
    for each in visitors.visits(IDS):
        if each.get("event") == "Product Viewed":
            seen.setdefault(each["messageId"].rpartition("-")[0], []).append(each["properties"]["product_id"])
    handles = {str(id_): handle for handle, id_ in IDS.items()}
    steps = [(handles[a], handles[b]) for one in seen.values() for a, b in pairwise(one)]
    led = sum(b in files.product(a)["goes_with"] + files.product(a)["related"] for a, b in steps)
    assert len(steps) > 200 and led / len(steps) > 0.5
