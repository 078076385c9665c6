from dataclasses import replace
from datetime import date

import pytest

from nitka.sale.shipping import actions, queries
from nitka.sale.shipping.queries import Consignment, DeclaredGoods
from tests.cast import STRANGER

LAMP = DeclaredGoods(name="Table lamp", pieces=2, weight_g=1800, worth_minor=15800, hs_code="940521", origin="PL")
PARCEL = Consignment(
    reference="NK-7F3Q-2M", sent_on=date(2026, 11, 22), sender=STRANGER.address, sender_vat="PL5252445767",
    sender_phone="+48 58 000 00 00", recipient=replace(STRANGER.address, country="NO", city="Oslo"), currency="EUR",
    goods=(LAMP,), delivery_minor=1490, number="IM0123456789", invoice_number="2026-000123",
)  # fmt: skip


def text(pdf: bytes) -> str:
    from io import BytesIO

    from pypdf import PdfReader

    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_light_and_cheap_parcel_needs_the_small_declaration_and_any_other_the_large_one():
    assert queries.declaration_for(PARCEL) == "cn22"
    assert queries.declaration_for(replace(PARCEL, goods=(replace(LAMP, weight_g=2001),))) == "cn23"
    assert queries.declaration_for(replace(PARCEL, goods=(replace(LAMP, worth_minor=30001),))) == "cn23"
    assert queries.declaration_for(replace(PARCEL, currency="AMD")) == "cn23"


@pytest.mark.parametrize("paper", ["cn22", "cn23", "invoice"])
def test_each_paper_says_what_it_is_worth_where_it_was_made_and_what_customs_call_it(paper):
    said = text(queries.customs_pdf(PARCEL, paper))
    for words in ("Table lamp", "940521", "Poland", "€158.00", "1.800", "NK-7F3Q-2M", "NORWAY", "IM0123456789"):
        assert words in said, f"{words} in {paper}: {said}"


def test_who_pays_is_an_incoterm():
    assert "DAP Oslo" in text(queries.customs_pdf(PARCEL, "invoice"))
    assert "DDP Oslo" in text(queries.customs_pdf(replace(PARCEL, paid_by_shop=True), "invoice"))


def test_what_customs_will_miss_is_named_and_an_empty_parcel_is_refused():
    assert queries.missing_for_customs(replace(PARCEL, goods=(replace(LAMP, origin=""),))) == ("Table lamp",)
    assert queries.missing_for_customs(PARCEL) == ()
    with pytest.raises(actions.CustomsProblem):
        queries.customs_pdf(replace(PARCEL, goods=()))
