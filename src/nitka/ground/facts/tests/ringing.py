"""A listener for the kill test: it writes a row, then sleeps so that the worker can be killed in the middle."""

import os
import time
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from nitka.ground.facts.contract import Fact, reacts_to


@dataclass(frozen=True, kw_only=True)
class GongStruck(Fact, kind="tests.gong_struck", subject="gong_id"):
    gong_id: UUID
    stroke: int
    poisonous: bool = False


@reacts_to(GongStruck)
def write_down(fact: GongStruck) -> None:
    if fact.poisonous:
        raise RuntimeError("poison")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO tests_strokes (gong, stroke) VALUES (%s, %s)", [fact.gong_id, fact.stroke])
    marker = os.environ.get("TESTS_SLEEP_MARKER", "")
    if marker and fact.stroke == 1:
        with open(marker, "w") as file:  # noqa: PTH123
            file.write("in the middle")
        time.sleep(60)
