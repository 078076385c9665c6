"""Jobs and the clock's tasks: a thin door before procrastinate, which keeps its queue in our own database."""

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import procrastinate
from django.db import close_old_connections, connection
from procrastinate import PsycopgConnector
from procrastinate import jobs as procrastinate_jobs
from procrastinate.contrib.django import app as procrastinate_app
from procrastinate.contrib.django import connector_params
from procrastinate.manager import JobManager

from nitka.ground import clock

RETRY_AFTER_SECONDS = (1, 5, 20, 60)  # five tries within two minutes
TRIES = len(RETRY_AFTER_SECONDS) + 1
LAST = -10  # a thousand pictures to be made must not hold up a mail

_tasks: dict[str, "Task"] = {}
_app: procrastinate.App | None = None
_queue: JobManager | None = None


class _Backoff(procrastinate.BaseRetryStrategy):
    def get_retry_decision(
        self, *, exception: BaseException, job: procrastinate_jobs.Job
    ) -> procrastinate.RetryDecision | None:
        if job.attempts >= len(RETRY_AFTER_SECONDS):
            return None
        wait = timedelta(seconds=RETRY_AFTER_SECONDS[job.attempts])
        return procrastinate.RetryDecision(retry_at=clock.now() + wait)


class Task:
    """A function that a worker runs. Call it to run it here; `later` enqueues it in the caller's transaction."""

    def __init__(self, function: Callable[..., None], queue: str, cron: str | None) -> None:
        self.function, self.queue, self.cron = function, queue, cron
        self.name = f"{function.__module__}.{function.__qualname__}"
        self.__doc__ = function.__doc__

    def __call__(self, **arguments: Any) -> None:
        self.function(**arguments)

    def later(self, *, lock: str | None = None, **arguments: Any) -> None:
        """Enqueue; nothing happens if the transaction is rolled back. Same `lock`: one at a time, in order."""
        enqueue([self._job(lock, 0, arguments)])

    def later_in(self, seconds: float, *, lock: str | None = None, **arguments: Any) -> None:
        """Enqueue for a moment so many seconds from now."""
        enqueue([self._job(lock, seconds, arguments)])

    def _job(self, lock: str | None, seconds: float, arguments: dict[str, Any]) -> procrastinate_jobs.Job:
        return job(self.name, queue=self.queue, lock=lock, in_seconds=seconds, arguments=arguments)


def task(*, queue: str = "default") -> Callable[[Callable[..., None]], Task]:
    """Make a function a task of that queue; its keyword arguments must be JSON."""

    def register(function: Callable[..., None]) -> Task:
        return _register(Task(function, queue, cron=None))

    return register


def periodic(cron: str, *, queue: str = "clock") -> Callable[[Callable[[], None]], Task]:
    """Make a function that the clock calls by a cron line, once for all workers together."""

    def register(function: Callable[[], None]) -> Task:
        return _register(Task(function, queue, cron))

    return register


def job(
    name: str, *, queue: str, lock: str | None, arguments: dict[str, Any], in_seconds: float = 0
) -> procrastinate_jobs.Job:
    """A job that is not enqueued yet."""
    due = clock.now() + timedelta(seconds=in_seconds) if in_seconds else None
    return procrastinate_jobs.Job(
        id=None, queue=queue, lock=lock, queueing_lock=None, task_name=name, task_kwargs=arguments, scheduled_at=due,
        priority=LAST if queue == "media" else 0,
    )  # fmt: skip


def enqueue(jobs: Iterable[procrastinate_jobs.Job]) -> None:
    """Write the jobs in the caller's transaction, in one statement."""
    todo = list(jobs)
    if todo:
        (_queue or app().job_manager).batch_defer_jobs(todo)


def attach(ready_app: procrastinate.App) -> None:
    """Called by procrastinate when Django's apps are ready."""
    global _app, _queue
    # A worker lends the application a connection of its own; what is enqueued still goes through Django's, so that a
    # job told by a reaction stands or falls with the reaction's rows.
    _app, _queue = ready_app, JobManager(ready_app.connector)
    from nitka.ground.facts import actions

    ready_app.task(name=actions.REACT, queue="facts", retry=_Backoff(), pass_context=True)(actions.react_in_worker)  # type: ignore[arg-type]
    for each in _tasks.values():
        _add(ready_app, each)


def app() -> procrastinate.App:
    """The queue's own application, for the worker and the back office."""
    return _app or procrastinate_app  # type: ignore[return-value]


def connector() -> PsycopgConnector:
    """A connection to the queue of its own, for a worker, and for work on the queue inside of one."""
    return PsycopgConnector(kwargs=connector_params("default"))


MOST_INLINE = 1000  # jobs that enqueue each other would never end


def run_due_inline() -> int:
    """Run due jobs in this process and transaction, oldest first; errors are raised. For tests."""
    done = 0
    while done < MOST_INLINE:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE id = (SELECT min(id) FROM procrastinate_jobs WHERE"
                " status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)) RETURNING task_name, args",
                [clock.now()],
            )
            row = cursor.fetchone()
        if row is None:
            break
        name, arguments = row
        named = arguments if isinstance(arguments, dict) else json.loads(arguments)
        named.pop("timestamp", None)  # of the clock's own jobs, where a worker was at this queue
        _inline(name)(**named)
        done += 1
    return done


def _inline(name: str) -> Callable[..., None]:
    from nitka.ground.facts import actions

    return actions.react if name == actions.REACT else _tasks[name].function


def _register(each: Task) -> Task:
    _tasks[each.name] = each
    if _app is not None:
        _add(_app, each)
    return each


def _add(ready_app: procrastinate.App, each: Task) -> None:
    if each.name in ready_app.tasks:
        return

    def run(**arguments: Any) -> None:
        arguments.pop("timestamp", None)  # the clock's tasks get the tick, which none of ours needs
        close_old_connections()
        try:
            each.function(**arguments)
        finally:
            close_old_connections()

    added = ready_app.task(name=each.name, queue=each.queue, retry=_Backoff())(run)
    if each.cron:
        ready_app.periodic(cron=each.cron)(added)  # type: ignore[arg-type]
