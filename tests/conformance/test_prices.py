"""What bin/conformance prices says of published cases, of our own, and of files that it cannot answer."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conformance.prices import check, main

OWN = Path(__file__).with_name("own_cases.json")


def test_the_published_cases_hold(nitka_data: Path) -> None:
    passed, total, failures = check(json.loads((nitka_data / "prices" / "cases.json").read_text()))
    assert failures == []
    assert passed == total >= 30


def test_our_own_cases_hold_too() -> None:
    passed, total, failures = check(json.loads(OWN.read_text()))
    assert failures == []
    assert passed == total == 17


def case(**more: Any) -> dict[str, Any]:
    return {
        "id": "X", "prices_include_tax": False, "tax_rounding": "line",
        "lines": [{"price": "10.00", "qty": 1, "rate": "20", "unit_off": "0"}], "expect": {"total": "12.00"},
    } | more  # fmt: skip


def test_a_plain_case_passes() -> None:
    assert check({"cases": [case()]})[:2] == (1, 1)


def test_a_sum_that_came_out_otherwise_is_told_with_both() -> None:
    (failure,) = check({"cases": [case(expect={"total": "13.00"})]})[2]
    assert (failure.id, failure.what, failure.expected, failure.got) == ("X", "total", "13.00", "12.00")


LINE = {"price": "10.00", "qty": 1, "rate": "20"}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"surcharge": "5"}, "surcharge"),
        ({"lines": [LINE | {"rate": [{"rate": "5"}, {"rate": "9.975", "compound": True}]}]}, "compound tax"),
        ({"lines": [LINE | {"rates": ["5"]}]}, "rates"),
        ({"lines": [LINE, LINE | {"qty": -1}]}, "a sale and a refund"),
        ({"lines": [LINE | {"price": "ten"}]}, "no amount"),
        ({"lines": [LINE | {"qty": 1.5}]}, "whole pieces"),
        ({"tax_rounding": "total"}, "tax_rounding"),
        ({"order_discount": {"points": 3}}, "points"),
        ({"currency": "XXQ"}, "XXQ"),
        ({"lines": None}, "not readable"),
        ({"expect": {"weight": "1"}}, "no such sum"),
    ],
)
def test_what_it_cannot_answer_is_a_failure_with_a_sentence(more: dict[str, Any], says: str) -> None:
    passed, total, failures = check({"cases": [case(**more)]})
    assert (passed, total) == (0, 1)
    assert says in failures[0].got


@pytest.mark.parametrize("book", [{"surcharges": [{"id": "S"}]}, {"cases": ["text"]}, {"allocation": [{"id": "A"}]}])
def test_strange_shapes_are_failures_too(book: dict[str, Any]) -> None:
    passed, total, failures = check(book)
    assert (passed, total, len(failures)) == (0, 1, 1)


def test_the_command_prints_json_and_ends_with_one_where_something_failed(tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": [case(), case(id="Y", expect={"tax": "1.00"})]}))
    answer = CliRunner().invoke(main, [str(file), "--json"])
    said = json.loads(answer.stdout)
    assert (said["passed"], said["total"], answer.exit_code) == (1, 2, 1)
    assert said["failures"] == [{"id": "Y", "what": "tax", "expected": "1.00", "got": "2.00"}]
