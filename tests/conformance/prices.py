"""Sums of other shops, worked out by ours: bin/conformance prices FILE [--json].

FILE holds `cases` (a sale and what it comes to), `allocation` (an amount split by weights) and `fx` (a total shown in
another currency). Amounts are decimal texts; a case may name its `currency`, else it is in euro. What a case asks and
this cannot answer is a failure with a sentence, never a guess.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from nitka.ground import money
from nitka.shelf.pricing.arithmetic import Delivery, Discount, Line, Settlement, settle

Case = Mapping[str, Any]
CASE = {"id", "source", "note", "currency", "prices_include_tax", "tax_rounding", "lines", "order_discount",
        "order_discounts", "shipping", "expect"}  # fmt: skip
LINE = {"price", "qty", "rate", "unit_off", "unit_off_pct", "id", "sku", "name", "note"}
SHIPPING = {"price", "rate", "pct_off", "off", "note"}
DISCOUNT = {"pct", "amount"}


class CannotAnswer(ValueError):
    """The case asks what this adapter does not know."""


@dataclass(frozen=True)
class Failure:
    """One thing of a case that came out otherwise."""

    id: str
    what: str
    expected: Any
    got: Any


def check(book: Any) -> tuple[int, int, list[Failure]]:
    """How many cases passed, of how many, and what failed."""
    if not isinstance(book, dict):
        raise click.ClickException("The file must hold an object with cases, allocation or fx.")
    answers: dict[str, Callable[[Case], list[Failure]]] = {"cases": _sale, "allocation": _split, "fx": _shown}
    failures: list[Failure] = []
    passed = total = 0
    for name, value in book.items():
        if name not in answers:
            if isinstance(value, list):
                total += len(value)
                failures += [
                    Failure(_id(each), name, "a known kind of case", f"no such section: {name}") for each in value
                ]
            continue
        for case in value if isinstance(value, list) else [value]:
            total += 1
            found = _answered(answers[name], case)
            passed += not found
            failures += found
    return passed, total, failures


def _answered(answer: Callable[[Case], list[Failure]], case: Any) -> list[Failure]:
    try:
        return answer(case)
    except CannotAnswer as trouble:
        return [Failure(_id(case), "case", _expect(case), f"cannot answer: {trouble}")]
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError) as trouble:
        return [Failure(_id(case), "case", _expect(case), f"not readable: {type(trouble).__name__}: {trouble}")]


def _id(case: Any) -> str:
    return str(case.get("id", "?")) if isinstance(case, dict) else "?"


def _expect(case: Any) -> Any:
    return case.get("expect") if isinstance(case, dict) else None


def _known(what: str, given: Mapping[str, Any], names: set[str]) -> None:
    if unknown := sorted(set(given) - names):
        raise CannotAnswer(f"{what} has {', '.join(unknown)}, which is not known here")


# --- A sale -------------------------------------------------------------------------------------


def _sale(case: Case) -> list[Failure]:
    _known("the case", case, CASE)
    currency = str(case.get("currency") or "EUR").upper()
    sums = _settled(case, currency)
    got = {
        "total": sums.total_minor, "tax": sums.tax_minor, "discount": sums.discount_minor, "goods": sums.goods_minor,
        "shipping": sums.delivery_minor, "shipping_tax": sums.delivery_tax_minor,
        "net": sum(part.base_minor for part in sums.taxes),
    }  # fmt: skip
    got["subtotal"] = got["goods"]
    failures = []
    for name, expected in case["expect"].items():
        if name not in got:
            failures.append(Failure(_id(case), name, expected, "cannot answer: no such sum is known here"))
            continue
        ours = money.decimal(got[name], currency)
        if Decimal(str(expected)) != ours:
            failures.append(Failure(_id(case), name, str(expected), f"{ours}"))
    return failures


def _settled(case: Case, currency: str) -> Settlement:
    rounding = case.get("tax_rounding") or "line"
    if rounding not in ("line", "unit"):
        raise CannotAnswer(f"tax_rounding {rounding!r}: line and unit are known")
    read = [_line(each, place, currency) for place, each in enumerate(case["lines"])]
    signs = {sign for sign, _each in read}
    if len(signs) > 1:
        raise CannotAnswer("a sale and a refund in one case: each is a sum of its own here")
    sums = settle(
        [each for _sign, each in read],
        tax_included=bool(case["prices_include_tax"]),
        rounding=rounding,
        discounts=_discounts(case, currency),
        delivery=_delivery(case.get("shipping"), currency),
    )
    return _turned(sums) if signs == {-1} else sums


def _line(given: Case, place: int, currency: str) -> tuple[int, Line]:
    """The line, and -1 where it is given back: a refund is the sale with its sign turned."""
    _known("a line", given, LINE)
    price, quantity = _minor(given["price"], currency), given.get("qty", 1)
    if quantity != int(quantity):
        raise CannotAnswer(f"{quantity} pieces: only whole pieces are known")
    sign = -1 if (price < 0) != (int(quantity) < 0) and price and quantity else 1
    unit = abs(price)
    off = abs(_minor(given.get("unit_off") or 0, currency))
    if percent := given.get("unit_off_pct"):
        off += Discount(percent=_number(percent)).of(unit - off)
    return sign, Line(f"{place:06}", unit, abs(int(quantity)), _number(given.get("rate") or 0), off)


def _discounts(case: Case, currency: str) -> list[Discount]:
    """One discount or several: each is taken off what those before it left."""
    given = case.get("order_discounts") or case.get("order_discount") or []
    found: list[Discount] = []
    for each in given if isinstance(given, list) else [given]:
        _known("a discount", each, DISCOUNT)
        for name, value in each.items():
            if name == "pct":
                found.append(Discount(percent=_number(value)))
            else:
                found.append(Discount(amount_minor=abs(_minor(value, currency))))
    return found


def _delivery(given: Case | None, currency: str) -> Delivery | None:
    if not given:
        return None
    _known("shipping", given, SHIPPING)
    minor = abs(_minor(given["price"], currency))
    off = abs(_minor(given.get("off") or 0, currency))
    return Delivery(max(0, minor - off), _number(given.get("rate") or 0), _number(given.get("pct_off") or 0))


def _turned(sums: Settlement) -> Settlement:
    numbers = {
        name: -getattr(sums, name)
        for name in (
            "goods_minor",
            "discount_minor",
            "delivery_minor",
            "delivery_tax_minor",
            "tax_minor",
            "total_minor",
        )
    }
    taxes = tuple(type(each)(each.rate, -each.base_minor, -each.tax_minor) for each in sums.taxes)
    return Settlement(lines=sums.lines, discounts_minor=sums.discounts_minor, taxes=taxes, **numbers)


def _minor(text: Any, currency: str) -> int:
    return money.parse(str(text), currency)


def _number(value: Any) -> Decimal:
    if isinstance(value, list | dict):
        raise CannotAnswer("several rates on one line (compound tax): one rate a line is known here")
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise CannotAnswer(f"{value!r} is no number") from None


# --- A split, and a total in another currency ---------------------------------------------------


def _split(case: Case) -> list[Failure]:
    _known("the split", case, {"id", "source", "note", "weights", "total", "expect"})
    weights, total = [int(each) for each in case["weights"]], int(case["total"])
    if weights and max(weights) <= 0:
        weights = [-each for each in weights]
    if any(each < 0 for each in weights):
        raise CannotAnswer("weights of both signs have no shares")
    got = money.split(total, weights) if weights else []
    return [] if got == list(case["expect"]) else [Failure(_id(case), "parts", case["expect"], got)]


def _shown(case: Case) -> list[Failure]:
    """The total is converted, not the sum of converted pieces."""
    known = {"id", "source", "note", "rate", "unit", "qty", "unit_display", "total_display", "currency", "to", "from"}
    _known("the conversion", case, known)
    ours = str(case.get("from") or case.get("currency") or "EUR").upper()
    theirs = str(case.get("to") or case.get("currency") or "EUR").upper()
    rate, unit = _number(case["rate"]), _minor(case["unit"], ours)
    got = {
        "unit_display": money.convert(unit, ours, theirs, rate),
        "total_display": money.convert(unit * int(case.get("qty", 1)), ours, theirs, rate),
    }
    return [
        Failure(_id(case), name, str(case[name]), str(money.decimal(minor, theirs)))
        for name, minor in got.items()
        if name in case and Decimal(str(case[name])) != money.decimal(minor, theirs)
    ]


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one object instead of lines.")
def main(file: Path, as_json: bool) -> None:
    """Work out every case of FILE and say which came out otherwise. Ends with 1 where one did."""
    try:
        book = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as trouble:
        raise click.ClickException(f"{file} is no JSON: {trouble}") from None
    passed, total, failures = check(book)
    if as_json:
        click.echo(json.dumps({"passed": passed, "total": total, "failures": [asdict(each) for each in failures]}))
    else:
        for each in failures:
            click.echo(f"{each.id}: {each.what}: expected {each.expected}, got {each.got}")
        click.echo(f"passed {passed}\ntotal {total}")
    raise SystemExit(0 if passed == total else 1)


if __name__ == "__main__":
    main()
