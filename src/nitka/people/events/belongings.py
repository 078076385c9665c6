"""How events hang on a person: by the evidence they came with. Their number stays, and what they say of goods."""

import itertools

import orjson
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, StandIns, belongs, erases
from nitka.ground.ids import new_id
from nitka.people.events.impersonal import impersonal
from nitka.people.events.models import Event, Key, Rejected

AT_ONCE = 1000


@belongs("events.Event", _("What you did on our pages"))
def events(party: Party) -> QuerySet[Event]:
    return Event.objects.filter(evidence__in=party.evidence).order_by("at", "seq")


@erases("events.Event")
def empty_events(party: Party, stand_ins: StandIns) -> int:
    """All events of a person go on under one fresh number, their devices under one each: counts stay as they were."""
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


@belongs("events.Rejected", _("Messages that we did not take"), delete=True)
def rejected(party: Party) -> QuerySet[Rejected]:
    found = Q(pk__in=[])
    for mark in party.marks:
        found |= Q(excerpt__icontains=mark)
    return Rejected.objects.filter(found)
