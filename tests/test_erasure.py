"""A person in every table: handed out in whole, erased in whole, and all sums are what they were."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from nitka.ground.belongings import declaration, holdings
from nitka.insight.profiles import actions as profiles
from nitka.people.contact.models import OutgoingMail
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as known
from nitka.people.customers.models import Customer, Erasure
from nitka.people.events.models import Event
from nitka.people.events.tests.makers import event
from nitka.sale.orders import actions as selling
from nitka.sale.orders.models import Order
from nitka.sale.orders.tests import makers as orders
from nitka.sale.shipping.tests.makers import open_shop
from tests.marked import Marked
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
MARK, OTHER = "zorblax", "quimby"
PHONE, OTHER_PHONE = "+48512345678", "+48698765432"


@pytest.fixture(autouse=True)
def shop() -> None:
    open_shop()


@pytest.fixture
def who() -> Marked:
    return Marked(MARK, PHONE)


@pytest.fixture
def stranger() -> Marked:
    return Marked(OTHER, OTHER_PHONE)


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace space ON space.oid = relnamespace"
            " WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname = 'public' ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def places_of(*words: str) -> set[tuple[str, str, str]]:
    """(table, column, value) wherever one of the words stands, in text, JSON or bytes."""
    found = set()
    sought = [form for word in words for form in (word.lower(), word.encode().hex(), word.title().encode().hex())]
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'SELECT to_jsonb(x) FROM "{table}" AS x')
            for (row,) in cursor.fetchall():
                for column, value in (json.loads(row) if isinstance(row, str) else row).items():
                    text = json.dumps(value, ensure_ascii=False).lower()
                    if any(form in text for form in sought):
                        found.add((table, column, text))
    return found


def kept(table: str, column: str) -> bool:
    """Whether the table says that this column stays, and why."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            name = next(field.name for field in model._meta.concrete_fields if field.column == column)
            return (declaration(model) or {}).get(name, "").startswith("keep: ")
    return False


SUMS = {
    "orders": "SELECT status, currency, market, count(*), sum(total_minor), sum(tax_minor) FROM orders_orders GROUP BY 1, 2, 3",
    "lines": "SELECT sku, sum(quantity), sum(total_minor) FROM orders_lines GROUP BY 1",
    "orders of a customer": "SELECT count(DISTINCT customer_id), count(customer_id) FROM orders_orders",
    "invoices": "SELECT year, count(*), max(number) FROM orders_invoices GROUP BY 1",
    "payments": "SELECT state, count(*), sum(captured_minor), sum(refunded_minor) FROM payments_payments GROUP BY 1",
    "parcels": "SELECT state, count(*) FROM shipping_shipments GROUP BY 1",
    "promotions": "SELECT promotion_id, count(*) FROM pricing_promotion_uses GROUP BY 1",
    "carts": "SELECT market, count(*) FROM checkout_carts GROUP BY 1",
    "mails": "SELECT template, count(*) FROM contact_mails GROUP BY 1",
    "customers": "SELECT language, count(*) FROM customers_customers GROUP BY 1",
    "consents": "SELECT purpose, state, count(*) FROM customers_consents GROUP BY 1, 2",
    "events": "SELECT date_trunc('day', at), name, kind, source, flags, count(*), sum((properties->>'price')::numeric)"
    " FROM events_events GROUP BY 1, 2, 3, 4, 5",
    "devices": "SELECT count(DISTINCT device) FROM events_events",
    "visits": "SELECT channel, landing, count(*), count(DISTINCT visitor) FROM events_sessions GROUP BY 1, 2",
    "goods seen": "SELECT properties->>'sku', properties->'products'->0->>'product_id', count(*) FROM events_events GROUP BY 1, 2",
    "talks": "SELECT cause, state, count(*) FROM desk_conversations GROUP BY 1, 2",
    "facts": "SELECT kind, count(*) FROM facts WHERE kind <> 'customers.customer_erased' GROUP BY 1",
}


def sums() -> dict[str, list[Any]]:
    found = {}
    with connection.cursor() as cursor:
        for name, question in SUMS.items():
            cursor.execute(question)
            found[name] = sorted(cursor.fetchall(), key=str)
    return found


def test_nothing_of_a_person_is_left_but_what_is_declared(who: Marked, stranger: Marked) -> None:
    words = (MARK, PHONE[3:], str(who.device), str(who.login), str(who.address))
    assert len({table for table, _column, _text in places_of(*words)}) > 20, "the person is everywhere"
    others, before = places_of(OTHER, OTHER_PHONE[3:], str(stranger.device)), sums()
    customers.erase_customer(code=who.code)
    left = {(table, column, text[:80]) for table, column, text in places_of(*words) if not kept(table, column)}
    assert left == set()
    assert places_of(OTHER, OTHER_PHONE[3:], str(stranger.device)) == others, "nobody else is touched"
    after = sums()
    assert {name for name in SUMS if before[name] != after[name]} == set()


def test_an_order_that_came_to_nothing_keeps_no_address(who: Marked) -> None:
    lamp = orders.goods(handle="lamp-for-nobody")
    placed = orders.an_order((lamp, 1), email=who.email, address=who.home, payment="bank_transfer", choice="")
    selling.cancel_order(order_id=placed.order_id, actor="shop")
    customers.erase_customer(code=who.code)
    row = Order.objects.get(id=placed.order_id)
    assert (row.shipping_address, row.billing_address) == ({}, {}) and row.total_minor > 0
    assert Order.objects.get(id=who.order).billing_address, "an invoice keeps whose it is"


def test_an_order_on_its_way_writes_to_nobody_any_more(who: Marked) -> None:
    lamp = orders.goods(handle="lamp-on-its-way")
    placed = orders.an_order((lamp, 1), email=who.email, address=who.home, payment="bank_transfer", choice="")
    customers.erase_customer(code=who.code)
    selling.cancel_order(order_id=placed.order_id, actor="shop")
    run_jobs()
    mine = OutgoingMail.objects.filter(to__endswith="@erased.invalid")
    assert mine.exists() and set(mine.values_list("state", "text")) == {("dropped", "")}
    assert not OutgoingMail.objects.filter(to=who.email).exists()


def test_summaries_are_what_a_rebuild_would_make_of_them(who: Marked) -> None:
    customers.erase_customer(code=who.code)
    assert not profiles.rebuild(check=True).differs


def test_events_go_on_under_one_fresh_number(who: Marked) -> None:
    customers.erase_customer(code=who.code)
    rows = list(Event.objects.all())
    assert len({row.evidence for row in rows}) == 1 and len({row.device for row in rows}) == 1
    assert {row.evidence for row in rows}.isdisjoint({who.device, who.login, who.address, who.id})


def test_who_comes_back_is_new(who: Marked) -> None:
    before = who.code
    customers.erase_customer(code=before)
    again = customers.recognise(email=who.email, language="pl", market="eu")
    assert again != who.id and known.customer(again).code != before
    assert known.consents_of(who.email) == [] and known.addresses_of(again) == []


def test_it_is_recorded_without_a_name_and_done_once(who: Marked) -> None:
    counts = customers.erase_customer(code=who.code, by=who.user.id)
    row = Erasure.objects.get()
    assert row.rows == counts and row.by == who.user.id
    with pytest.raises(customers.ErasureProblem):
        customers.erase_customer(code=who.code)
    with pytest.raises(customers.NoCustomer):
        customers.erase_customer(code="C-NONE-NONE")


def test_who_works_here_is_not_erased(who: Marked) -> None:
    who.user.role = "agent"
    who.user.save()
    with pytest.raises(customers.ErasureProblem, match="works here"):
        customers.erase_customer(code=who.code)


def test_the_code_of_a_merged_row_leads_to_the_person(who: Marked) -> None:
    customers.erase_customer(code=Customer.objects.get(id=who.older).code)
    assert known.customer(who.id).email == ""


def export(who: Marked) -> zipfile.ZipFile:
    held = io.BytesIO()
    customers.export_customer(code=who.code, to=held)
    return zipfile.ZipFile(held)


def test_an_export_holds_a_file_for_every_table_and_a_page_to_read(who: Marked, stranger: Marked) -> None:
    archive = export(who)
    names = set(archive.namelist())
    assert {f"data/{label}.json" for label in holdings()} <= names
    (mine,) = json.loads(archive.read("data/account.EmailAddress.json"))
    assert mine["email"] == who.email
    assert len(json.loads(archive.read("data/customers.Customer.json"))) == 2, "the merged row too"
    assert len(json.loads(archive.read("data/events.Event.json"))) == 4
    page = archive.read("index.html").decode()
    assert '<html lang="pl">' in page and who.email in page and "<script" not in page
    everything = "".join(archive.read(name).decode("utf-8", "replace") for name in names)
    assert OTHER not in everything.lower() and OTHER_PHONE[3:] not in everything


def test_who_passes_a_link_of_a_mail_on_is_not_handed_what_a_friend_did(who: Marked) -> None:
    customers.link(first=("device", "friends-phone"), second=("email", who.email), reason="mail_click", trust=2,
                   source="test")  # fmt: skip
    friend = known.evidence_id("device", "friends-phone")
    event(evidence=friend, device=friend, properties={"query": "quimby secret"})
    assert friend in known.evidence_ids_of(who.id)
    everything = "".join(export(who).read(name).decode("utf-8", "replace") for name in export(who).namelist())
    assert "quimby secret" not in everything
    assert "friends-phone" not in everything
    customers.erase_customer(code=who.code)
    assert not Event.objects.filter(evidence=friend).exists(), "erasing reaches what may be theirs"


def test_an_export_holds_no_key(who: Marked) -> None:
    archive = export(who)
    everything = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    for secret in ("password", "token_hash", "session_data", "leave_token", '"secret"'):
        assert f'"{secret}' not in everything and f">{secret}<" not in everything
    (name,) = [name for name in archive.namelist() if name.startswith("files/contact")]
    assert archive.read(name).decode() == MARK
