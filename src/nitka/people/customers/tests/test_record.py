import pytest
from django.db import connection

from nitka.ground import clock
from nitka.people.customers import actions as customers
from nitka.people.customers.actions import EvidenceRow, LinkRow
from nitka.people.customers.models import Evidence, Link
from nitka.people.customers.queries import evidence_id

pytestmark = pytest.mark.django_db


def seen(kind: str, value: str, standing: int = 0) -> EvidenceRow:
    return EvidenceRow(evidence_id(kind, value), kind, value, standing, "test", clock.now())


def linked(first: EvidenceRow, second: EvidenceRow, trust: int = 0) -> LinkRow:
    return LinkRow(first.id, second.id, "event", trust, "test", clock.now())


def test_rows_are_kept_once_whichever_way_round_they_come() -> None:
    phone, zofia = seen("device", "d1"), seen("email", "zofia@example.com")
    with connection.cursor() as cursor:
        for _ in range(2):
            customers.record(cursor, [phone, zofia, phone], [linked(phone, zofia), linked(zofia, phone)])
    assert Evidence.objects.count() == 2 and Link.objects.count() == 1
    link = Link.objects.get()
    assert link.a < link.b and not link.settled
    assert not Evidence.objects.get(id=zofia.id).settled and Evidence.objects.get(id=phone.id).settled


def test_standing_and_trust_only_rise_and_are_settled_anew_when_they_do() -> None:
    phone, zofia = seen("device", "d1"), seen("email", "zofia@example.com")
    better = seen("email", "zofia@example.com", 2)
    with connection.cursor() as cursor:
        customers.record(cursor, [phone, zofia], [linked(phone, zofia)])
        Evidence.objects.update(settled=True)
        Link.objects.update(settled=True)
        customers.record(cursor, [phone, zofia], [linked(phone, zofia)])
        assert Evidence.objects.filter(settled=False).count() == 0 == Link.objects.filter(settled=False).count()
        customers.record(cursor, [better, zofia], [linked(phone, zofia, 1)])
        customers.record(cursor, [zofia], [linked(phone, zofia)])
    row, link = Evidence.objects.get(id=zofia.id), Link.objects.get()
    assert (row.standing, row.settled, link.trust, link.settled) == (2, False, 1, False)


def test_nothing_is_linked_with_itself() -> None:
    zofia = seen("email", "zofia@example.com")
    with connection.cursor() as cursor:
        customers.record(cursor, [zofia], [linked(zofia, zofia)])
    assert Link.objects.count() == 0
