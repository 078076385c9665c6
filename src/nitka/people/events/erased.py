"""Whose events were erased, and until when: what came later under the same device or address is somebody new's."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, models

from nitka.ground import clock
from nitka.ground.belongings import Party, StandIns


class Erased(models.Model):
    """An erased piece of evidence, as a digest. The stand-ins are here only until files have them too.

    No secret is in the digest: a new secret of the installation must not make us forget who was erased.
    """

    personal_data = {
        "digest": "keep: tells nothing to who does not know the device or address already; without it an old copy of "
                  "a file would bring back what was erased",
        "person": "keep: a fresh number, until it stands in the files", "device": "keep: as `person`",
    }  # fmt: skip

    digest = models.BinaryField(primary_key=True)
    at = models.DateTimeField(default=clock.now)
    person = models.UUIDField(null=True)
    device = models.UUIDField(null=True)

    class Meta:
        db_table = "events_erased"


@dataclass(frozen=True, slots=True)
class StandIn:
    """What stands for evidence in rows that came until that moment."""

    at: datetime
    person: UUID
    device: UUID


def remember(party: Party, stand_ins: StandIns) -> None:
    """Write down that the events under this evidence are erased."""
    now = clock.now()
    Erased.objects.bulk_create(
        [
            Erased(digest=digest(each), at=now, person=stand_ins.person, device=stand_ins.of(each))
            for each in party.evidence
        ],
        update_conflicts=True, unique_fields=["digest"], update_fields=["at", "person", "device"],
    )  # fmt: skip


def hold_erasures() -> None:
    """Until the end of this transaction nobody is erased; whoever is being erased is waited for."""
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {Erased._meta.db_table} IN SHARE MODE")


def erased_until(evidence: Iterable[UUID | str]) -> dict[str, datetime]:
    """Evidence that was erased (as text), and when."""
    names = {digest(each): str(each) for each in evidence}
    rows = Erased.objects.filter(digest__in=list(names)).values_list("digest", "at")
    return {names[bytes(key)]: at for key, at in rows}


def waiting() -> dict[bytes, StandIn]:
    """What stands, by digest, for evidence that files may still name."""
    rows = Erased.objects.exclude(person=None)
    return {bytes(row.digest): StandIn(row.at, row.person, row.device or row.person) for row in rows if row.person}


def done(stood: dict[bytes, StandIn]) -> None:
    """The files have it: nothing leads from the evidence to its stand-in any more."""
    for key, each in stood.items():
        Erased.objects.filter(digest=key, at=each.at).update(person=None, device=None)


def digest(evidence: UUID | str) -> bytes:
    """A number that follows from the evidence, and from which it does not follow."""
    return hashlib.blake2b(str(evidence).encode(), digest_size=16, person=b"nitka.erased").digest()
