"""Money as people read it"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nitka.ground import money
from nitka.ground.locale import LANGUAGES, format_money


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("minor", [541_000, 541_049, 540_950, 698_333])
def test_dram_are_never_shown_with_hundredths(minor: int, language: str) -> None:
    digits = "".join(letter for letter in format_money(minor, "AMD", language) if letter.isdecimal())
    assert digits == str(money.round_half_up(Decimal(minor) / 100))


def test_papers_keep_them_so_that_net_and_tax_add_up() -> None:
    told = [plain(format_money(minor, "AMD", "hy", exact=True)) for minor in (3_491_667, 698_333, 4_190_000)]
    assert told == ["34 916,67 ֏", "6 983,33 ֏", "41 900 ֏"]


def test_other_currencies_are_shown_with_what_they_are_paid_with() -> None:
    told = [plain(format_money(129_900, currency, "nb")) for currency in ("NOK", "EUR", "PLN", "RUB")]
    assert [text.count(",00") for text in told] == [1, 1, 1, 1]
    assert plain(format_money(1999, "JPY", "en")) in ("¥1,999", "JP¥1,999")


@given(st.integers(-(10**12), 10**12), st.sampled_from(["AMD", "EUR", "JPY", "KWD"]))
def test_what_can_be_paid_is_the_nearest_to_what_is_owed(minor: int, currency: str) -> None:
    paid, least = money.in_coins(minor, currency), money.coin(currency)
    assert paid % least == 0
    assert 2 * abs(paid - minor) <= least
