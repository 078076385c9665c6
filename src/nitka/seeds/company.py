"""A company that buys from the demo shop: its people, its terms, its own prices, a quote to answer and one answered."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from nitka.ground import clock, locale
from nitka.people.customers import actions as customers
from nitka.sale.companies import actions as companies
from nitka.sale.companies import queries
from nitka.seeds import files
from nitka.shelf.catalog import queries as goods
from nitka.shelf.pricing import actions as pricing


def put_company() -> None:
    """Once: a company whose tax number is known has its quotes already."""
    data = files.read("past.json")["company"]
    company_id = customers.make_company(name=data["name"], tax_number=data["tax_number"], country=data["country"])
    if queries.terms(company_id):
        return
    people = {each["email"]: _join(company_id, data, each) for each in data["people"]}
    pricing.put_list(
        name=data["price_list"]["name"], code=data["price_list"]["code"], market=data["market"],
        companies=[company_id], percent_off=Decimal(data["price_list"]["percent_off"]),
    )  # fmt: skip
    companies.set_terms(company_id=company_id, **data["terms"])
    for each in data["people"]:
        companies.set_member_rule(
            company_id=company_id, customer_id=people[each["email"]], limit_minor=each["limit_minor"],
            may_approve=each["may_approve"],
        )  # fmt: skip
    for quote in data["quotes"]:
        with clock.freeze(clock.now() - timedelta(days=quote["days_ago"])):
            _ask(company_id, people[quote["asked_by"]], data, quote)


def _join(company_id: UUID, data: Mapping[str, Any], person: Mapping[str, Any]) -> UUID:
    customer_id = customers.recognise(
        email=person["email"], language=data["language"], market=data["market"], name=person["name"]
    )
    customers.join_company(company_id=company_id, customer_id=customer_id, role=person["role"])
    return customer_id


def _ask(company_id: UUID, customer_id: UUID, data: Mapping[str, Any], quote: Mapping[str, Any]) -> None:
    member = queries.member_of(company_id, customer_id)
    assert member
    known = goods.variants(goods.variant_ids_by_sku(list(quote["lines"])).values())
    listed = {
        variant["sku"]: variant["prices"][data["market"]]["minor"]
        for product in files.products()
        for variant in product["variants"]
    }
    code = companies.ask_for_quote(
        member=member, market=data["market"], language=data["language"], currency=data["terms"]["currency"],
        words=quote["words"],
        lines=[
            companies.AskedLine(
                variant_id=each.id, sku=each.sku, title=locale.pick(dict(each.title), data["language"]),
                option_text="", pieces=quote["lines"][each.sku][0], list_minor=listed[each.sku],
                asked_minor=quote["lines"][each.sku][1],
            )
            for each in known.values()
        ],
    )  # fmt: skip
    found = queries.quote_by_code(code)
    if found and "answer" in quote:
        companies.answer_quote(
            quote_id=found.id, answer=quote["answer"],
            prices={line.id: line.list_minor * quote["answer_percent"] // 100 for line in found.lines},
            valid_until=clock.now().date() + timedelta(days=quote["valid_days"]),
        )  # fmt: skip
