import random
import threading
from uuid import UUID

import pytest
from django.db import connection, transaction

from nitka.ground import clock
from nitka.ground.facts.models import FactRow
from nitka.people.customers import actions as customers
from nitka.people.customers.actions import EvidenceRow, LinkRow
from nitka.people.customers.graph import MOST_NEIGHBOURS, Mark, Tie, people
from nitka.people.customers.models import Customer, Evidence, Link
from nitka.people.customers.queries import evidence_id
from nitka.people.customers.tests.worlds import Event, mark_of, random_events


def arrive(happened: list[Event]) -> None:
    """Let events reach the tables as a collector writes them; a decision as staff's merge does."""
    evidence, links = [], []

    def seen(number: int, standing: int) -> EvidenceRow:
        kind, value = mark_of(number)
        evidence.append(EvidenceRow(evidence_id(kind, value), kind, value, standing, "test", clock.now()))
        return evidence[-1]

    for what, (who, much) in happened:  # type: ignore[misc]
        if what == "see":
            seen(who, 0 if mark_of(who)[0] == "device" else much)
            continue
        one, two = (seen(number, 0 if mark_of(number)[0] == "device" else min(much, 1)) for number in who)
        links.append(LinkRow(one.id, two.id, "told" if much == 3 else "event", much, "test", clock.now()))
    with connection.cursor() as cursor:
        customers.record(cursor, evidence, links)


def settle_all() -> None:
    while customers.settle_links():
        pass


def kept() -> tuple[set[frozenset[UUID]], set[UUID]]:
    """The people of the tables, and what is shared."""
    found: dict[UUID, set[UUID]] = {}
    for id_, customer, kind in Evidence.objects.values_list("id", "customer_id", "kind"):
        if customer is not None or kind != "device":
            found.setdefault(customer or id_, set()).add(id_)
    shared = set(Evidence.objects.filter(shared=True).values_list("id", flat=True))
    return {frozenset(members) for members in found.values()}, shared


def meant() -> tuple[set[frozenset[UUID]], set[UUID]]:
    """The people of the rule, from the same evidence and links; anonymous visitors aside."""
    marks = {row.id: Mark(row.kind, row.standing) for row in Evidence.objects.all()}
    ties = [Tie(row.a, row.b, row.trust) for row in Link.objects.filter(undone_at=None)]
    found = people(marks, ties)
    groups = [frozenset(members) for members in found.groups().values()]
    return {group for group in groups if any(marks[id_].kind != "device" for id_ in group)}, set(found.shared)


def promises_of_rows() -> None:
    assert not Evidence.objects.filter(settled=False).exists() and not Link.objects.filter(settled=False).exists()
    for row in Customer.objects.select_related("merged_into"):
        assert row.merged_into is None or row.merged_into.merged_into_id is None, "ids lead to the end at once"
        if row.anchor:
            owner = Evidence.objects.get(id=row.anchor).customer_id
            assert owner == (row.merged_into_id or row.id) or owner is row.merged_into_id is None
        if row.email:
            mark = Evidence.objects.get(id=evidence_id("email", row.email))
            assert mark.customer_id == (row.merged_into_id or row.id), "an address is its person's"


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(20))
def test_people_are_the_same_in_every_order_and_in_every_split(seed: int) -> None:
    dice = random.Random(seed)
    happened = random_events(seed, dice.choice([6, 12, 40]), dice.choice([8, 14, 30]))
    results = []
    for way in range(3):
        point = transaction.savepoint_create()
        todo = list(happened)
        dice.shuffle(todo)
        while todo:
            size = {0: 1, 1: len(todo)}.get(way, dice.randint(1, 9))
            arrive(todo[:size])
            del todo[:size]
            if way == 0 or dice.random() < 0.5:
                settle_all()
        settle_all()
        assert kept() == meant()
        promises_of_rows()
        results.append(kept())
        transaction.savepoint_rollback(point)
    assert results[0] == results[1] == results[2]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(100, 108))
def test_an_undone_link_leaves_people_as_if_it_had_never_been(seed: int) -> None:
    dice = random.Random(seed)
    happened = random_events(seed, 25, 14)
    arrive(happened)
    settle_all()
    links = list(Link.objects.order_by("a", "b", "reason"))
    for link in dice.sample(links, min(4, len(links))):
        customers.undo_link(link_id=link.id, by=None)
        assert kept() == meant()
        promises_of_rows()
    arrive(happened)
    settle_all()
    assert Link.objects.filter(undone_at=None).count() == len(links) - min(4, len(links)), "undone stays undone"
    assert kept() == meant()


@pytest.mark.django_db
def test_an_old_id_leads_on_and_an_undo_gives_both_back() -> None:
    zofia = customers.recognise(email="zofia@example.com", language="pl", market="pl")
    other = customers.recognise(email="zofia@example.org", language="pl", market="pl")
    decision = customers.merge(customer_id=zofia, other_id=other, by=None)
    assert Customer.objects.get(id=other).merged_into_id == zofia
    customers.undo_link(link_id=decision, by=None)
    assert not Customer.objects.exclude(merged_into=None).exists()
    told = FactRow.objects.filter(kind__startswith="customers.people").order_by("id").values_list("kind", flat=True)
    assert list(told) == ["customers.people_merged", "customers.people_parted"]
    again = customers.merge(customer_id=zofia, other_id=other, by=None)
    assert again != decision and Link.objects.count() == 2, "both decisions stay in the history"


@pytest.mark.django_db
def test_an_id_with_too_many_neighbours_lets_all_of_them_go() -> None:
    phone = EvidenceRow(evidence_id("phone", "+48225551000"), "phone", "+48225551000", 1, "test", clock.now())
    mails = [f"p{number}@example.com" for number in range(MOST_NEIGHBOURS + 1)]
    rows = [EvidenceRow(evidence_id("email", mail), "email", mail, 1, "test", clock.now()) for mail in mails]
    device = EvidenceRow(evidence_id("device", "d"), "device", "d", 0, "test", clock.now())
    links = [LinkRow(row.id, device.id, "checkout", 1, "test", clock.now()) for row in rows]
    links += [LinkRow(row.id, phone.id, "checkout", 1, "test", clock.now()) for row in rows]
    with connection.cursor() as cursor:
        customers.record(cursor, [phone, device, rows[0]], [links[0], links[MOST_NEIGHBOURS + 1]])
        settle_all()
        assert Evidence.objects.get(id=phone.id).customer_id == Evidence.objects.get(id=rows[0].id).customer_id
        customers.record(cursor, rows, links)
    settle_all()
    assert kept() == meant()
    assert Evidence.objects.get(id=phone.id).customer_id is None and Evidence.objects.get(id=device.id).shared


@pytest.mark.django_db(transaction=True)
def test_two_who_settle_at_once_make_nobody_twice() -> None:
    trouble: list[BaseException] = []
    for round_ in range(6):
        gate = threading.Barrier(4)

        def meet(turn: int, mail: str = f"p{round_}@example.com", gate: threading.Barrier = gate) -> None:
            gate.wait()
            try:
                if turn == 0:
                    customers.recognise(email=mail, language="pl", market="pl")
                elif turn == 1:
                    settle_all()
                else:
                    customers.link(first=("device", f"d{turn}"), second=("email", mail), reason="checkout", trust=1,
                                   source="test")  # fmt: skip
            except BaseException as problem:
                trouble.append(problem)
            finally:
                connection.close()

        threads = [threading.Thread(target=meet, args=(turn,)) for turn in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not trouble
    settle_all()
    assert kept() == meant()
    assert Customer.objects.count() == 6 and Customer.objects.filter(merged_into=None).count() == 6
    promises_of_rows()


@pytest.mark.django_db
def test_junk_links_nobody() -> None:
    for junk in ("", "null", "undefined", "00000000-0000-0000-0000-000000000000", "[object Object]"):
        customers.link(first=("device", junk), second=("email", "zofia@example.com"), reason="event", trust=0,
                       source="test")  # fmt: skip
        assert customers.see(kind="login", value=junk, standing=1, source="test") is None
    assert Evidence.objects.count() == Link.objects.count() == 0
