"""A worker inside the test: runs what is due, in the test's own transaction."""

from nitka.ground.facts import jobs


def run_jobs() -> int:
    """Run all due jobs, and the jobs that they enqueue, oldest first. Errors are raised. Returns how many ran."""
    return jobs.run_due_inline()
