"""A worker inside the test: runs what is due, in the test's own transaction. And a real one, to be killed."""

from nitka.ground.facts import jobs


def run_jobs() -> int:
    """Run all due jobs, and the jobs that they enqueue, oldest first. Errors are raised. Returns how many ran."""
    return jobs.run_due_inline()


def work_as_worker() -> None:
    """Run what is due as `nitka worker` does, from the queue's own tables, one job after the other, then return."""
    app = jobs.app()
    with app.replace_connector(jobs.connector()) as own:
        own.run_worker(
            wait=False, concurrency=1, queues=["facts", "default"], install_signal_handlers=False,
            delete_jobs="successful",
        )  # fmt: skip


def rescue_jobs() -> None:
    """What the clock does half a minute after a worker was killed: its jobs are given to the living."""
    from nitka.ground.facts import tasks

    before, tasks.STALLED_AFTER_SECONDS = tasks.STALLED_AFTER_SECONDS, 0
    try:
        tasks.retry_stalled_jobs()
    finally:
        tasks.STALLED_AFTER_SECONDS = before
