"""What the clock asks of the outbox: jobs of a killed worker run again, finished ones are cleared away."""

from asgiref.sync import async_to_sync

from nitka.ground.facts import jobs
from nitka.ground.facts.jobs import periodic

STALLED_AFTER_SECONDS = 30


@periodic("* * * * *")
def retry_stalled_jobs() -> None:
    """A worker that was killed leaves its jobs as "doing"; give them to the living."""
    async_to_sync(_retry_stalled)()


async def _retry_stalled() -> None:
    from django.utils import timezone

    async with jobs.app().with_connector(jobs.connector()).open_async() as own:
        for job in await own.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
            await own.job_manager.retry_job(job, retry_at=timezone.now())


@periodic("17 * * * *")
def clear_finished_jobs() -> None:
    """Keep finished jobs for two days, failed ones for thirty."""
    async_to_sync(_clear_finished)()


async def _clear_finished() -> None:
    async with jobs.app().with_connector(jobs.connector()).open_async() as own:
        await own.job_manager.delete_old_jobs(nb_hours=48)
        await own.job_manager.delete_old_jobs(nb_hours=24 * 30, include_failed=True)
