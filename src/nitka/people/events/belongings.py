"""How events hang on a person: by the evidence they came with. Their number stays, and what they say of goods."""

import itertools

import orjson
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, StandIns, belongs, erases
from nitka.ground.ids import new_id
from nitka.people.events import erased, tasks
from nitka.people.events.impersonal import impersonal
from nitka.people.events.models import Event, Key, Rejected
from nitka.people.events.visits import Session

AT_ONCE = 1000


@belongs("events.Event", _("What you did on our pages"))
def events(party: Party) -> QuerySet[Event]:
    return Event.objects.filter(evidence__in=party.evidence).order_by("at", "seq")


@erases("events.Event")
def empty_events(party: Party, stand_ins: StandIns) -> int:
    """All events of a person go on under one fresh number, their devices under one each: counts stay as they were.

    Also in the files of the archive, afterwards; see `erased.py`.
    """
    erased.remember(party, stand_ins)
    tasks.erase_in_archive.later()
    rows = Event.objects.filter(evidence__in=party.evidence).values_list("seq", "at", "device", "properties", "context")
    changed = 0
    # Found in whole before the first is changed, and changed by the key of their partition.
    for some in itertools.batched(list(rows), AT_ONCE):
        values = [
            (
                stand_ins.person, stand_ins.of(device) if device else None, f"erased-{new_id()}",
                orjson.dumps(impersonal(properties)).decode(), orjson.dumps(impersonal(context)).decode(), seq, at,
            )
            for seq, at, device, properties, context in some
        ]  # fmt: skip
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE events_events SET evidence = %s, device = %s, message_id = %s, properties = %s, context = %s"
                " WHERE seq = %s AND at = %s",
                values,
            )
        changed += len(values)
    return changed


@belongs("events.Key", _("Numbers of messages, so that each counts once"))
def keys(party: Party) -> QuerySet[Key]:
    return Key.objects.filter(message_id__in=events(party).values("message_id"))


@erases("events.Key")
def keep_keys(party: Party, stand_ins: StandIns) -> int:
    """They stay for their 30 days: without them a message that is sent again would bring back what was erased."""
    return 0


@belongs("events.Session", _("Your visits"))
def sessions(party: Party) -> QuerySet[Session]:
    return Session.objects.filter(Q(visitor__in=party.evidence) | Q(evidences__overlap=list(party.evidence)))


@erases("events.Session")
def empty_sessions(party: Party, stand_ins: StandIns) -> int:
    """Visits stay counted under the same fresh numbers as their events; the ids of clicks on adverts go, and paths that
    lead to an order or a letter of theirs."""
    rows = list(sessions(party))
    for row in rows:
        row.visitor = stand_ins.of(row.visitor) if row.visitor == row.device else stand_ins.person
        row.device = stand_ins.of(row.device) if row.device else None
        row.evidence, row.evidences, row.clicks = stand_ins.person, [stand_ins.person], {}
        row.landing = impersonal({"path": row.landing}).get("path", "")
    columns = ["visitor", "device", "evidence", "evidences", "clicks", "landing"]
    return Session.objects.bulk_update(rows, columns, batch_size=AT_ONCE)


# Nobody checked whose they are: somebody's own mark may stand in another's words, so those are not handed out.
@belongs("events.Rejected", _("Messages that we did not take"), delete=True, secret=["excerpt"])
def rejected(party: Party) -> QuerySet[Rejected]:
    found = Q(pk__in=[])
    for mark in party.marks:
        found |= Q(excerpt__icontains=mark)
    return Rejected.objects.filter(found)
