import pytest

from nitka.ground.facts.models import FactRow
from nitka.shelf.content import actions, queries

pytestmark = pytest.mark.django_db
FOOTER = [
    {
        "label": {"en": "The house", "pl": "Dom"},
        "entries": [
            {"to": "page:returns"},
            {"label": {"en": "New things"}, "to": "/search?sort=new"},
            {"label": {"en": "Elsewhere"}, "to": "https://example.com/x"},
        ],
    }
]


@pytest.fixture(autouse=True)
def fresh():
    queries.forget()
    yield
    queries.forget()


def test_a_menu_is_read_in_each_language():
    assert queries.menu("footer", "pl") == ()
    actions.put_menu(place="footer", entries=FOOTER)
    (column,) = queries.menu("footer", "pl")
    assert column.label == "Dom" and next(each.to for each in column.entries) == "page:returns"
    assert column.entries[1].label == "New things"  # no Polish yet, so English


def test_the_same_menu_again_tells_nothing():
    actions.put_menu(place="footer", entries=FOOTER)
    actions.put_menu(place="footer", entries=FOOTER)
    assert FactRow.objects.filter(kind="content.menu_changed").count() == 1
    actions.put_menu(place="footer", entries=[])
    assert queries.menu("footer", "en") == ()


@pytest.mark.parametrize(
    ("place", "entries"),
    [
        ("side", FOOTER),
        ("header", [{"label": {"en": "x"}, "to": "javascript:alert(1)"}]),
        ("header", [{"label": {"en": "x"}, "to": "http://plain.example"}]),
        ("header", [{"to": "/search"}]),
        ("header", [{"label": {"de": "x"}, "to": "/search"}]),
        ("header", [{"label": {"en": "x"}, "to": "/", "entries": [{"label": {"en": "y"}}]}]),
        ("header", [{"label": {"en": "x"}, "entries": [{"to": "page:a", "entries": [{"to": "page:b"}]}]}]),
        ("footer", FOOTER * 7),
    ],
)
def test_what_is_no_menu_is_refused(place, entries):
    with pytest.raises(actions.ContentProblem):
        actions.put_menu(place=place, entries=entries)
