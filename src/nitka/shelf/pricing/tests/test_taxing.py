"""Which tax a sale bears. The rules and their sources stand in docs/tax.md."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from nitka.ground import clock
from nitka.shelf.content import actions as content
from nitka.shelf.content import queries as shop
from nitka.shelf.pricing import actions, queries
from nitka.shelf.pricing.basket import Buyer
from nitka.shelf.pricing.markets import forget
from nitka.shelf.pricing.models import Market, VatCheck
from nitka.shelf.pricing.tests.makers import STRANGER, basket, markets, priced

pytestmark = pytest.mark.django_db
GERMAN = Buyer(vat_number="DE136695976")
JULY = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def world():
    queries.forget()
    shop.forget()
    markets()
    with clock.freeze(JULY):
        yield
    shop.forget()


def at_home(country="PL", **more):
    actions.put_tax_place(kind="home", country=country, valid_from=date(2020, 1, 1), **more)


def registered(kind, country, region=""):
    actions.put_tax_place(kind=kind, country=country, region=region, valid_from=date(2020, 1, 1))


def quote(country, buyer=STRANGER, market="eu", region="", **more):
    (lamp,) = priced(12_300, handle=f"lamp-{market}-{country}", market=market)
    return queries.quote(basket=basket((lamp, 1), market=market, country=country, region=region, **more), buyer=buyer)


def said(sums):
    return sums.tax_kind, sums.total_minor, sums.tax_minor


def test_before_anything_is_said_a_sale_bears_the_tax_of_where_it_goes():
    assert said(quote("DE")) == ("domestic", 12_300, 1_964)
    assert said(quote("CH")) == ("export", 11_378, 0)


def test_at_home_it_is_domestic_and_a_number_of_the_own_country_changes_nothing():
    at_home()
    assert said(quote("PL", Buyer(vat_number="PL8567346215"))) == ("domestic", 12_300, 2_300)


def test_the_one_stop_shop_takes_the_rate_of_where_it_goes():
    at_home()
    registered("oss", "PL")
    assert said(quote("DE")) == ("oss", 12_300, 1_964)


def test_under_the_threshold_the_rate_of_home_counts_in_all_the_union():
    at_home()
    registered("small", "PL")
    assert said(quote("DE")) == ("domestic", 12_300, 2_300)


def test_whoever_passes_the_threshold_leaves_the_small_rule_on_that_day():
    at_home()
    registered("small", "PL")
    actions.put_tax_place(kind="oss", country="PL", valid_from=date(2026, 9, 1))
    assert quote("DE").tax_kind == "domestic"
    with clock.freeze(datetime(2026, 9, 1, 12, tzinfo=UTC)):
        assert quote("AT").tax_kind == "oss"


def test_a_registration_in_the_other_country_is_domestic_there():
    at_home()
    registered("local", "DE")
    assert said(quote("DE")) == ("domestic", 12_300, 1_964)


def test_a_company_of_another_member_state_pays_the_price_less_tax():
    at_home()
    sums = quote("DE", GERMAN, delivery_minor=1_190)
    assert said(sums) == ("reverse_charge", 10_336 + 1_000, 0)
    assert sums.delivery_minor == 1_000
    assert sums.vat_number == "DE136695976"
    assert "Articles 138 and 196" in sums.tax_note
    assert sums.lines[0].tax_rate == 0
    assert sums.lines[0].public_minor == 12_300


def test_delivery_can_be_chosen_later_without_a_query(django_assert_num_queries):
    at_home()
    sums = quote("DE", GERMAN)
    with django_assert_num_queries(0):
        assert queries.with_delivery(sums, 1_190).total_minor == 10_336 + 1_000


def test_a_net_market_only_leaves_the_tax_out():
    at_home()
    Market.objects.filter(code="eu").update(tax_display="net")
    forget()
    assert said(quote("DE", GERMAN)) == ("reverse_charge", 12_300, 0)
    assert said(quote("DE")) == ("oss", 12_300 + 2_337, 2_337)


def test_a_market_may_keep_its_prices_where_no_tax_is_owed():
    at_home()
    Market.objects.filter(code="eu").update(untaxed="as_shown")
    forget()
    assert said(quote("DE", GERMAN)) == ("reverse_charge", 12_300, 0)


def test_a_number_that_the_register_refused_is_taxed():
    at_home()
    VatCheck.objects.create(number="DE136695976", status="invalid")
    forget()
    assert said(quote("DE", GERMAN)) == ("oss", 12_300, 1_964)


def test_a_number_from_outside_the_union_makes_no_reverse_charge():
    at_home()
    assert quote("DE", Buyer(vat_number="GB434031494")).tax_kind == "oss"
    assert quote("DE", Buyer(vat_number="nonsense")).tax_kind == "oss"


def test_what_leaves_the_union_is_export_unless_registered_there():
    at_home()
    sums = quote("NO", market="no")
    assert said(sums) == ("export", 9_840, 0)
    assert "Import tax" in sums.tax_note
    registered("local", "NO")
    assert said(quote("NO", market="no")) == ("domestic", 12_300, 2_460)


def test_the_canary_islands_are_outside():
    at_home()
    assert quote("ES", region="Las Palmas").tax_kind == "export"
    assert quote("ES", region="Madrid").tax_kind == "oss"


def test_a_shop_outside_the_union_exports_into_it():
    at_home("NO")
    assert quote("NO", market="no").tax_kind == "domestic"
    assert quote("DE", GERMAN).tax_kind == "export"


def test_a_state_is_taxed_where_the_merchant_is_registered_in_it():
    at_home()
    registered("local", "US", "CA")
    assert said(quote("US", market="us", region="CA")) == ("domestic", 12_300 + 892, 892)
    other = quote("US", market="us", region="TX")
    assert said(other) == ("domestic", 12_300, 0)
    assert other.tax_note


def test_a_small_business_charges_none():
    at_home("DE")
    registered("exempt", "DE")
    assert said(quote("DE")) == ("exempt", 12_300, 0)


def test_home_is_the_address_of_the_shop_until_it_is_said():
    content.set_shop(country="PL")
    assert quote("DE", GERMAN).tax_kind == "reverse_charge"
    assert said(quote("DE")) == ("domestic", 12_300, 1_964)


def test_a_registration_ends_with_the_day_before():
    at_home()
    made = actions.put_tax_place(kind="local", country="NO", valid_from=date(2026, 1, 1))
    actions.end_tax_place(place_id=made, on=date(2026, 7, 1))
    assert quote("NO", market="no").tax_kind == "export"


@pytest.mark.parametrize(
    ("typed", "country", "number", "whose"),
    [
        ("DE 136 695 976", "", "DE136695976", "DE"), ("136695976", "DE", "DE136695976", "DE"),
        ("pl 856-734-62-15", "PL", "PL8567346215", "PL"), ("GR 094259216", "GR", "EL094259216", "GR"),
        ("995525828 MVA", "NO", "NO995525828MVA", "NO"), ("GB 980 7806 84", "GB", "GB980780684", "GB"),
    ],
)  # fmt: skip
def test_a_vat_number_is_put_right(typed, country, number, whose):
    assert queries.read_vat_number(typed, country) == queries.VatNumber(number, whose)


@pytest.mark.parametrize("typed", ["", "DE136695977", "XX1", "12", "PL" * 40])
def test_a_vat_number_with_a_mistake_is_refused_with_a_sentence(typed):
    with pytest.raises(actions.VatNumberProblem):
        queries.read_vat_number(typed, "DE")


def test_rates_come_as_a_file_and_go_as_the_same_file():
    rows, wrong = queries.read_csv(queries.write_csv(queries.tax_rate_values()))
    assert wrong == []
    assert rows == queries.tax_rate_values()
    assert len(rows) > 200
    assert all(row.source for row in rows)


def test_mistakes_of_a_file_are_told_by_line():
    text = "country;tax_class;rate;valid_from\nDE;standard;19;2026-01-01\nGermany;standard;19;2026-01-01\nDE;;x;2026-01-01\nDE;;7,5;yesterday\n"
    rows, wrong = queries.read_csv(text)
    assert (len(rows), len(wrong)) == (1, 3)
    assert wrong[0].startswith("Line 3:")
    assert queries.read_csv("a,b\n")[1]


def test_a_rate_of_a_region_goes_before_that_of_its_country():
    rate = queries.RateRow("FR", "standard", Decimal("8.5"), date(2026, 1, 1), region="Corse")
    actions.put_tax_rates(rates=[rate])
    assert [queries.tax_rate("FR", "books", date(2026, 7, 1), region) for region in ("", "Corse")] == [
        Decimal("5.5"),
        Decimal("8.5"),
    ]


def test_a_registration_may_begin_with_the_calendar():
    made = actions.put_tax_place(kind="home", country="PL", valid_from=date.min)
    actions.end_tax_place(place_id=made, on=date.min)
    assert not queries.tax_place_rows().exists()
