"""Facts hold ids alone and stay; a person is shown those on their thread. The ids of their evidence are exchanged."""

from dataclasses import fields
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, StandIns, belongs, declares, erases
from nitka.ground.facts.contract import kinds
from nitka.ground.facts.models import FactRow


@belongs("facts.FactRow", _("What happened"))
def facts(party: Party) -> QuerySet[FactRow]:
    return FactRow.objects.filter(whose__in=party.ids).order_by("at", "id")


@erases("facts.FactRow")
def exchange_evidence(party: Party, stand_ins: StandIns) -> int:
    """The id of evidence follows from an address or a device, so that somebody who knows those could look for it."""
    named = [kind for kind, fact in kinds().items() if "evidence" in {field.name for field in fields(fact)}]
    changed = 0
    with connection.cursor() as cursor:
        for known in map(str, party.evidence):
            cursor.execute(
                "UPDATE facts SET payload = replace(payload::text, %(old)s, %(new)s)::jsonb,"
                " subject = replace(subject, %(old)s, %(new)s)"
                " WHERE (whose = ANY(%(ids)s) OR kind = ANY(%(named)s))"
                " AND (payload::text LIKE '%%' || %(old)s || '%%' OR subject = %(old)s)",
                {"old": known, "new": str(stand_ins.of(UUID(known))), "ids": list(party.ids), "named": named},
            )
            changed += cursor.rowcount
    return changed


# Jobs name rows by their ids; what is done is removed after a while.
for _table in ("ProcrastinateJob", "ProcrastinateEvent", "ProcrastinatePeriodicDefer", "ProcrastinateWorker"):
    declares(f"procrastinate.{_table}", {})
