"""The bank's statement pays orders: whole, in parts, too much, twice, late, and never twice by the same entry."""

import pytest

from nitka.ground import money as amounts
from nitka.sale.orders import actions as orders
from nitka.sale.orders.models import Order
from nitka.sale.orders.queries import Placed
from nitka.sale.orders.tests.makers import an_order, goods
from nitka.sale.payments import actions as payments
from nitka.sale.payments import queries as money
from nitka.sale.payments.models import Refund
from nitka.sale.payments.statements.models import StatementLine
from nitka.sale.shipping.tests.makers import open_shop
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
OLD, NEW = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02", "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


def entry(minor: int, text: str, *, ref: str = "A1", payer: str = "Max Fremd", currency: str = "EUR", new: bool = False,
          sign: str = "CRDT") -> str:  # fmt: skip
    name = f"<Pty><Nm>{payer}</Nm></Pty>" if new else f"<Nm>{payer}</Nm>"
    status = "<Sts><Cd>BOOK</Cd></Sts>" if new else "<Sts>BOOK</Sts>"
    return (
        f'<Ntry><Amt Ccy="{currency}">{amounts.decimal(minor, currency)}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{status}'
        f"<BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>{ref}</AcctSvcrRef><NtryDtls><TxDtls>"
        f"<RltdPties><Dbtr>{name}</Dbtr><DbtrAcct><Id><IBAN>DE02120300000000202051</IBAN></Id></DbtrAcct></RltdPties>"
        f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def camt(*entries: str, new: bool = False) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{NEW if new else OLD}"><BkToCstmrStmt><Stmt><Acct><Id>'
        f"<IBAN>PL61109010140000071219812874</IBAN></Id></Acct>{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def brought(*entries: str, new: bool = False) -> orders.StatementBooked:
    return orders.import_statement(raw=camt(*entries, new=new), name="nov.xml")


def due(**more: object) -> tuple[Placed, Order]:
    placed = an_order((goods(handle=f"lamp-{Order.objects.count()}"), 1), payment="bank_transfer", **more)
    return placed, Order.objects.get(id=placed.order_id)


def back_by_hand() -> int:
    run_jobs()
    return sum(Refund.objects.filter(state="by_hand").values_list("minor", flat=True))


@pytest.mark.parametrize("new", [False, True])
@pytest.mark.parametrize("written", ["{0}", "order {0} thank you", "{1}", "{2}"])
def test_a_transfer_that_names_its_order_pays_it(new: bool, written: str) -> None:
    _placed, order = due()
    text = written.format(order.code, order.code.replace("-", "").lower(), order.code.replace("-", " "))
    assert brought(entry(order.total_minor, text, new=new), new=new) == orders.StatementBooked(1, 0, 0)
    order.refresh_from_db()
    assert order.paid and StatementLine.objects.get().outcome == "whole"


def test_the_same_statement_twice_books_nothing_twice() -> None:
    _placed, order = due()
    brought(entry(order.total_minor, order.code))
    assert brought(entry(order.total_minor, order.code), entry(500, "else", ref="A2")) == orders.StatementBooked(
        0, 1, 1
    )
    assert money.payments_of(order.id)[0].captured_minor == order.total_minor


def test_parts_add_up_and_what_is_too_much_goes_back_by_hand() -> None:
    _placed, order = due()
    brought(entry(1000, order.code))
    order.refresh_from_db()
    assert not order.paid
    brought(entry(order.total_minor, order.code, ref="A2"))
    order.refresh_from_db()
    assert order.paid and back_by_hand() == 1000
    assert list(StatementLine.objects.order_by("entry").values_list("outcome", flat=True)) == ["part", "over"]


def test_a_second_transfer_for_a_paid_order_goes_back_by_hand() -> None:
    _placed, order = due()
    brought(entry(order.total_minor, order.code), entry(order.total_minor, order.code, ref="A2"))
    order.refresh_from_db()
    assert order.paid and order.status == "paid" and back_by_hand() == order.total_minor


def test_money_for_a_cancelled_order_goes_back_by_hand() -> None:
    placed, order = due()
    orders.cancel_order(order_id=placed.order_id)
    brought(entry(order.total_minor, order.code))
    assert StatementLine.objects.get().outcome == "late" and back_by_hand() == order.total_minor


def test_without_a_code_the_amount_and_the_payer_must_both_fit() -> None:
    _placed, order = due()
    assert brought(entry(order.total_minor, "thanks", payer="Somebody Else")).booked == 0
    line = money.line_view(money.line_rows("open").get())
    assert money.match_of(line).references == (order.id,) and not money.match_of(line).sure
    assert brought(entry(order.total_minor, "thanks", ref="A2", payer="FREMD, MAX")).booked == 1
    assert orders.assign_line(line_id=line.id, code=order.code.lower()) == "twice"
    with pytest.raises(orders.OrderProblem):
        orders.assign_line(line_id=line.id, code=order.code)


def test_debits_and_other_currencies_pay_nothing() -> None:
    _placed, order = due()
    booked = brought(
        entry(order.total_minor, order.code, sign="DBIT"),
        entry(order.total_minor, order.code, currency="USD", ref="A3"),
    )
    assert booked == orders.StatementBooked(0, 1, 0)


@pytest.mark.parametrize(
    "hostile",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Document>&b;</Document>',
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><Document>&c;</Document>',
        b"<Document><BkToCstmrStmt>", b"<html></html>", b"", b"date;amount\n2026-99-99;12",
        b"\x00\x01\x02", b'<?xml version="1.0" encoding="nonsense"?><Document/>',
    ],
)  # fmt: skip
def test_a_file_that_is_no_statement_is_refused_with_a_sentence(hostile: bytes) -> None:
    with pytest.raises(payments.StatementProblem) as refused:
        orders.import_statement(raw=hostile, name="x")
    assert len(refused.value.message) > 20 and not StatementLine.objects.exists()


@pytest.mark.parametrize(
    "table",
    [
        "Buchungstag;Auftraggeber;Verwendungszweck;Betrag;Waehrung\n20.11.2026;Max Fremd;Best. {0};{1};EUR\n",
        "date,amount,currency,reference,payer\n2026-11-20,{2},EUR,{0},Max Fremd\n",
        "My bank\nAccount 123\n\nData operacji;Kwota;Waluta;Tytuł\n2026-11-20;+{1};EUR;{0}\n2026-11-20;-5,00;EUR;x\n",
    ],
)
def test_spreadsheets_of_several_banks_are_read(table: str) -> None:
    _placed, order = due()
    plain = str(amounts.decimal(order.total_minor, "EUR"))
    raw = table.format(order.code, plain.replace(".", ","), plain).encode()
    assert orders.import_statement(raw=raw, name="x.csv").booked == 1
    assert orders.import_statement(raw=raw, name="x.csv").known == 1
    order.refresh_from_db()
    assert order.paid
