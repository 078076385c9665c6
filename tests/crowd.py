"""Many threads at once, each with a connection of its own, against the real database."""

import threading
from collections.abc import Callable, Sequence

from django.db import connection


def at_once(jobs: Sequence[Callable[[], object]], threads: int = 16) -> list[object]:
    """Run the jobs in so many threads that start together; returns what each gave or raised."""
    results: list[object] = []
    todo, gate = list(jobs), threading.Barrier(min(threads, len(jobs)))

    def work() -> None:
        gate.wait()
        try:
            while todo:
                try:
                    job = todo.pop()
                except IndexError:
                    return
                try:
                    results.append(job())
                except Exception as trouble:
                    results.append(trouble)
        finally:
            connection.close()

    crowd = [threading.Thread(target=work) for _each in range(gate.parties)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    return results
