"""A log says of a mistake what it is and where, and never what a person typed."""

from nitka.ground.ids import read_code
from nitka.ground.troubles import where


def test_it_names_the_kind_and_our_own_innermost_place() -> None:
    try:
        read_code(7)  # type: ignore[arg-type]
    except Exception as trouble:
        assert where(trouble).startswith(type(trouble).__name__ + " at ids.py:")


def test_it_does_not_repeat_what_was_typed() -> None:
    assert where(ValueError("zofia@example.com")) == "ValueError"
