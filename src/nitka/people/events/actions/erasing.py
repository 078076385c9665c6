"""Erasing what already left: events of an erased person in the files of the archive."""

import itertools
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import structlog
from django.db import connection, transaction

from nitka.ground.ids import new_id
from nitka.people.events import archive, erased
from nitka.people.events.erased import StandIn
from nitka.people.events.impersonal import impersonal

# Held by whoever writes files of the archive, so that none appears while we look through them.
ARCHIVE_LOCK = 7_203_002
log = structlog.get_logger(__name__)


@transaction.atomic
def erase_in_archive(*, folder: Path) -> int:
    """Empty the events of erased people in the files of a folder, as it was done in the database.

    Returns how many. A file is replaced as a whole or not at all; done twice it changes nothing more. Files that hold
    no events stay as they are.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ARCHIVE_LOCK])
    stood = erased.waiting()
    if not stood:
        return 0
    changed = 0
    for path in sorted(folder.glob("*.parquet")):
        try:
            changed += _erase_in(path, stood)
        except archive.Unreadable:
            log.warning("archive_holds_another_file", name=path.name)
    erased.done(stood)
    return changed


def _erase_in(path: Path, stood: dict[bytes, StandIn]) -> int:
    named = [each for each in archive.evidence_in(path) if erased.digest(each) in stood]
    if not named:
        return 0
    others: dict[str, UUID] = {}
    changed = 0

    def write(rows: Any) -> None:
        nonlocal changed
        for row in itertools.chain.from_iterable(archive.read(path, named)):
            mine = stood[erased.digest(row[6])]
            if row[10] <= mine.at:
                rows.writerow(_emptied(row, mine, stood, others))
                changed += 1

    archive.change(path, write)
    return changed


def _emptied(row: tuple[Any, ...], mine: StandIn, stood: dict[bytes, StandIn], others: dict[str, UUID]) -> list[Any]:
    """Number, evidence, device, message id, properties and context as they are from now on."""
    device = row[7] and str(row[7])
    if device:
        known = stood.get(erased.digest(device))
        device = str(known.device if known else others.setdefault(device, new_id()))
    plain = [orjson.dumps(impersonal(orjson.loads(each or b"{}"))).decode() for each in (row[13], row[14])]
    return [row[0], str(mine.person), device or None, f"erased-{new_id()}", *plain]
