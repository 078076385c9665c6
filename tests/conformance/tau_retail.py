"""The retail domain of tau2-bench held against our shop: bin/conformance tau-retail --db FILE --tasks FILE [--json].

Its database is brought into a database of our own, in one transaction that is never committed. Each task starts from
there: its calls go to our verbs (`retail_desk`) and to our reading of its policy (`retail_rules`). A task passes where
every call is accepted or refused alike, for a reason that the rules name, the shop's end state is the rules' end state
in every order, user and balance, and nothing else has moved.
"""

import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import click

Data = dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """One thing of a task that came out otherwise."""

    id: str
    what: str
    expected: Any
    got: Any


@dataclass
class Report:
    """What came of all tasks. `refused` counts calls that had to be refused, and were."""

    passed: int = 0
    total: int = 0
    calls: int = 0
    writes: int = 0
    accepted: int = 0
    refused: int = 0
    seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)


def load(path: Path) -> Any:
    """A JSON file, packed or not."""
    raw = path.read_bytes()
    return json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)


class Bench:
    """The file's shop as ours, ready for calls. Made inside a transaction that its maker rolls back."""

    def __init__(self, data: Data) -> None:
        from tests.conformance.retail_export import Exporter, rest
        from tests.conformance.retail_import import bring

        self.data = data
        self.known = bring(data)
        self.exporter = Exporter(self.known)
        self._rest = rest

    def check_import(self) -> list[Failure]:
        """The shop before any call is the file, in every order and user."""
        return [*self._compare("import", self.data["orders"], self.data["users"], "the imported shop")]

    def run(self, task_id: str, calls: list[Data], report: Report, *, confirmed: bool = True) -> list[Failure]:
        """One task from the fresh shop, which is as it was afterwards."""
        with undone():
            return self._run(task_id, calls, report, confirmed)

    def _run(self, task_id: str, calls: list[Data], report: Report, confirmed: bool) -> list[Failure]:
        from tests.conformance.retail_desk import Desk
        from tests.conformance.retail_rules import Rules

        rules, desk = Rules(self.data), Desk(self.known, confirmed=confirmed)
        orders, users = self._named_in(calls)
        before = self._rest(self.known, orders, users)
        failures = [
            failure
            for place, call in enumerate(calls)
            for failure in self._call(task_id, place, call, rules, desk, report)
        ]
        touched_orders = {each: rules.orders[each] for each in sorted(orders | rules.touched_orders)}
        touched_users = {each: rules.users[each] for each in sorted(users | rules.touched_users)}
        failures += self._compare(task_id, touched_orders, touched_users, "the end state")
        if self._rest(self.known, orders, users) != before:
            failures.append(Failure(task_id, "other people's orders", "as they were", "something moved"))
        return failures

    def _call(self, task_id: str, place: int, call: Data, rules: Any, desk: Any, report: Report) -> Iterator[Failure]:
        from tests.conformance.retail_rules import WRITES

        name, arguments = call["name"], call.get("arguments") or {}
        wanted, got = _by_rules(rules, name, arguments), _by_shop(desk, name, arguments)
        report.calls += 1
        report.writes += name in WRITES
        report.accepted += name in WRITES and not wanted
        report.refused += bool(wanted)
        if bool(wanted) != bool(got) or (wanted and got and not wanted & got):
            what = f"call {place + 1}: {name}"
            yield Failure(task_id, what, sorted(wanted) or "accepted", sorted(got) or "accepted")

    def _compare(self, task_id: str, orders: Data, users: Data, what: str) -> Iterator[Failure]:
        from tests.conformance import retail_state

        ours = self.exporter.orders(orders)
        for order_id, values in orders.items():
            for name, pair in retail_state.differences(retail_state.order(values), ours[order_id]).items():
                yield Failure(task_id, f"{what}: {order_id} {name}", *pair)
        people = self.exporter.users_state(users)
        for user_id, values in users.items():
            for name, pair in retail_state.differences(retail_state.user(values), people[user_id]).items():
                yield Failure(task_id, f"{what}: {user_id} {name}", *pair)

    def _named_in(self, calls: list[Data]) -> tuple[set[str], set[str]]:
        """The orders and users that a task speaks of."""
        arguments = [call.get("arguments") or {} for call in calls]
        orders = {each["order_id"] for each in arguments if each.get("order_id") in self.data["orders"]}
        users = {each["user_id"] for each in arguments if each.get("user_id") in self.data["users"]}
        return orders, users | {self.data["orders"][each]["user_id"] for each in orders}


def _by_rules(rules: Any, name: str, arguments: Mapping[str, Any]) -> frozenset[str]:
    """The reasons for which the rules refuse; empty where they do not."""
    from tests.conformance.retail_rules import READS, WRITES, Refused

    if name not in (*READS, *WRITES):
        return frozenset({f"no such call: {name}"})
    try:
        getattr(rules, name)(**arguments)
    except Refused as refusal:
        return refusal.reasons
    return frozenset()


def _by_shop(desk: Any, name: str, arguments: Mapping[str, Any]) -> frozenset[str]:
    """The reasons for which our shop refuses, in the rules' words; empty where it does not."""
    from django.db import transaction

    from nitka.ground.problem import Problem
    from tests.conformance.retail_desk import reasons_of

    try:
        with transaction.atomic():
            desk.call(name, arguments)
    except Problem as problem:
        return reasons_of(problem)
    except Exception as crash:  # one broken call must not hide the others
        return frozenset({f"crashed: {type(crash).__name__}: {crash}"})
    return frozenset()


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def check(data: Data, tasks: list[Data]) -> Report:
    """All tasks against a fresh import, in the caller's database, which stays as it was."""
    report = Report(total=len(tasks))
    began = time.monotonic()
    with undone():
        bench = Bench(data)
        report.failures += bench.check_import()
        for task in tasks:
            failures = bench.run(str(task.get("id", "?")), calls_of(task), report)
            report.passed += not failures
            report.failures += failures
    report.seconds = round(time.monotonic() - began, 1)
    return report


def calls_of(task: Data) -> list[Data]:
    """The calls of a task: those that set its scene, then those that solve it."""
    scene = (task.get("initial_state") or {}).get("initialization_actions") or []
    before = [{"name": each.get("func_name", each.get("name")), "arguments": each.get("arguments")} for each in scene]
    return before + list((task.get("evaluation_criteria") or {}).get("actions") or [])


@click.command()
@click.option("--db", "db", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tasks", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def main(db: Path, tasks: Path, as_json: bool) -> None:
    """Replay the calls of all tasks. Exits with 1 where one does not pass."""
    from bench.shop import start_bare

    start_bare("conformance-tau-retail")
    report = check(load(db), load(tasks))
    if as_json:
        print(json.dumps(asdict(report), default=str))
    else:
        _print(report)
    sys.exit(report.passed != report.total or bool(report.failures))


def _print(report: Report) -> None:
    print(f"passed {report.passed} of {report.total} in {report.seconds} s")
    print(f"{report.calls} calls, {report.writes} writes: {report.accepted} accepted; {report.refused} calls refused")
    for failure in report.failures:
        print(f"- {failure.id}: {failure.what}\n    expected {failure.expected}\n    got      {failure.got}")
    worst = Counter(failure.what.partition(":")[0] for failure in report.failures)
    if len(report.failures) > 20:
        print(f"most often: {worst.most_common(5)}")


if __name__ == "__main__":
    main()
