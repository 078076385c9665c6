import pytest

from nitka.ground.facts.models import FactRow
from nitka.shelf.content import actions, queries

pytestmark = pytest.mark.django_db
TRAD = {
    "name": "Tråd", "legal_name": "Tråd sp. z o.o.", "line1": "ul. Długa 5", "postcode": "80-831", "city": "Gdańsk",
    "country": "pl", "vat_number": "PL5260001246", "email": "hello@trad.example", "zone": "Europe/Warsaw",
    "iban": "PL61 1090 1014 0000 0712 1981 2874", "bic": "wbkpplpp", "markets": ("eu", "pl"), "accent": "#1D4ED8",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_remembered():
    queries.forget()
    yield
    queries.forget()


def test_a_shop_that_nobody_set_up_still_has_a_name():
    assert queries.shop().name == "Nitka"
    assert not queries.shop().is_set_up


def test_what_is_set_is_what_the_shop_says():
    actions.set_shop(**TRAD)
    shop = queries.shop()
    assert shop.is_set_up
    assert (shop.country, shop.markets, shop.accent) == ("PL", ("eu", "pl"), "#1d4ed8")
    assert (shop.iban, shop.bic) == ("PL61109010140000071219812874", "WBKPPLPP")
    assert shop.address_lines("nb") == ("Tråd sp. z o.o.", "ul. Długa 5", "80-831 Gdańsk", "Polen")
    actions.set_shop(name="Tråd Hjem")
    assert (queries.shop().name, queries.shop().city) == ("Tråd Hjem", "Gdańsk")
    assert FactRow.objects.filter(kind="content.shop_changed").count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("iban", "PL61 1090 1014 0000 0712 1981 2875"),
        ("bic", "HELLO"),
        ("email", "hello"),
        ("zone", "Europe/Atlantis"),
        ("languages", ("en", "xx")),
        ("languages", ()),
        ("accent", "blue"),
        ("country", "Poland"),
        ("country", "ZZ"),
        ("legal_name", " "),
        ("line1", ""),
    ],
)
def test_a_mistake_is_refused_with_the_name_of_its_field(field, value):
    with pytest.raises(actions.ContentProblem) as refusal:
        actions.set_shop(**{field: value})
    assert refusal.value.detail["field"] == field
    assert refusal.value.message


@pytest.mark.parametrize(
    ("country", "written", "kept"),
    [
        ("PL", "526 000 12 46", "PL5260001246"),
        ("PL", "DE 136 695 976", "DE136695976"),
        ("GR", "094259216", "EL094259216"),
        ("NO", "923 609 016", "923609016MVA"),
        ("NO", "NO 923 609 016 MVA", "923609016MVA"),
        ("US", "12-3456789", "12-3456789"),
        ("DE", "", ""),
    ],
)
def test_a_vat_number_is_kept_as_its_country_writes_it(country, written, kept):
    actions.set_shop(country=country, vat_number=written)
    assert queries.shop().vat_number == kept


@pytest.mark.parametrize(("country", "written"), [("PL", "nope"), ("NO", "NO1"), ("DE", "DE136695977")])
def test_a_vat_number_with_a_mistake_is_refused(country, written):
    with pytest.raises(actions.ContentProblem) as refusal:
        actions.set_shop(country=country, vat_number=written)
    assert refusal.value.detail["field"] == "vat_number"
    actions.set_shop(country=country, vat_number="")


def test_countries_are_those_of_the_world_in_the_readers_order():
    names = queries.countries("nb")
    assert len(names) == 250 and names["PL"] == "Polen" and not {"EU", "ZZ"} & set(names)
    assert list(names)[-1] == "AX"


def test_the_shop_is_kept_in_the_process(django_assert_num_queries):
    actions.set_shop(**TRAD)
    with django_assert_num_queries(1):
        for _request in range(20):
            queries.shop()
