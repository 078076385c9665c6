"""The check itself finds what is wrong: a check that lets all pass would prove nothing."""

from typing import Any

import pytest

from tests.vocabulary.definitions import faults

OFFER = {"@type": "Offer", "price": "12.90", "priceCurrency": "EUR", "availability": "https://schema.org/InStock"}


def thing(**more: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "Product", "name": "Chair", "offers": OFFER} | more


def test_what_is_right_has_no_faults() -> None:
    assert faults(thing()) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"@type": "Produkt"}, "no such type"),
        ({"colour": "red"}, "no such property"),
        ({"priceCurrency": "EUR"}, "does not belong there"),
        ({"offers": OFFER | {"availability": "https://schema.org/InStok"}}, "is none of"),
        ({"offers": OFFER | {"availability": "https://schema.org/NewCondition"}}, "is none of"),
        ({"offers": {"@type": "Brand", "name": "x"}}, "Brand is none of"),
        ({"name": ""}, "is none of"),
        ({"offers": {"price": "1"}}, "without a type"),
    ],
)
def test_what_is_wrong_is_named(wrong: dict[str, Any], words: str) -> None:
    found = faults(thing(**wrong))
    assert any(words in each for each in found), found
