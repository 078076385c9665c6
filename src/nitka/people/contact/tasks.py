"""What the worker and the clock ask of contact."""

from datetime import timedelta
from uuid import UUID

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic, task
from nitka.people.contact import actions
from nitka.people.contact.models import OutgoingMail, Subscription


@task(queue="mail")
def deliver_mail(*, mail_id: str) -> None:
    """Hand one mail to the SMTP server."""
    actions.deliver(mail_id=UUID(mail_id))


@periodic("*/10 * * * *")
def take_up_lost_mails() -> None:
    """A mail whose job got lost (a queue restored from a backup, a job given up) gets a new one."""
    quiet_since = clock.now() - timedelta(hours=20)
    for mail_id in OutgoingMail.objects.filter(
        state__in=["queued", "sending"], created_at__lt=quiet_since, tries=0
    ).values_list("id", flat=True)[:500]:
        deliver_mail.later(mail_id=str(mail_id))


@periodic("23 3 * * *")
def forget_unconfirmed() -> None:
    """Who asked for the newsletter and never confirmed it is forgotten a week after the link has ended."""
    Subscription.objects.filter(confirmed_at=None, confirm_until__lt=clock.now() - timedelta(days=7)).delete()
