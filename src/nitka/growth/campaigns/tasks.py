"""What the clock and the worker do for campaigns."""

from uuid import UUID

from nitka.ground.facts.jobs import periodic, task
from nitka.growth.campaigns import actions


@periodic("*/5 * * * *")
def draft_news() -> None:
    """Posts about what was published or began. By the clock, so that an import of many products pays nothing."""
    actions.draft_news()


@periodic("* * * * *")
def send_due() -> None:
    """Posts whose moment has come."""
    actions.send_due()


@task(queue="webhooks")
def send_one(*, post_id: str) -> None:
    """One post. Nobody else sends it meanwhile, and it is not raised when it fails: it knows when to be tried again."""
    actions.send_post(post_id=UUID(post_id))


@periodic("*/15 * * * *", queue="webhooks")
def read_mentions() -> None:
    """What was said of us, where an account is connected."""
    actions.read_mentions()


@periodic("41 3 * * *")
def clear_old_mentions() -> None:
    """What was said more than a year ago."""
    actions.clear_old_mentions()
