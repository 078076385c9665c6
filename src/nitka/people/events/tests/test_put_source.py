"""Sources: who may send events."""

import pytest

from nitka.people.events import actions, queries

pytestmark = pytest.mark.django_db


def test_the_shop_has_two_sources_of_its_own_and_making_them_again_keeps_their_keys() -> None:
    actions.put_built_in_sources()
    before = queries.sources()
    actions.put_built_in_sources()
    assert queries.sources() == before
    assert [(each.code, each.kind, each.trusted) for each in before] == [
        ("storefront", "browser", False),
        ("server", "server", True),
    ]


def test_a_browser_is_never_trusted() -> None:
    with pytest.raises(actions.SourceProblem):
        actions.put_source(code="shop", name="Shop", kind="browser", trusted=True)


def test_an_ended_source_stays_in_the_list() -> None:
    actions.put_source(code="till", name="Till", kind="server")
    actions.end_source(code="till")
    assert queries.source("till").ended_at
    with pytest.raises(actions.SourceProblem):
        actions.end_source(code="till")
