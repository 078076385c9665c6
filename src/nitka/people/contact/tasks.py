"""What the worker and the clock ask of contact."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic, task
from nitka.people.contact import actions
from nitka.people.contact.models import OutgoingMail, PushNews, PushSubscription, Subscription


@task(queue="mail")
def deliver_mail(*, mail_id: str) -> None:
    """Hand one mail to the SMTP server."""
    actions.deliver(mail_id=UUID(mail_id))


@task(queue="mail")
def deliver_push(*, news_id: str) -> None:
    """Hand news to the push service of one browser."""
    actions.deliver_news(news_id=UUID(news_id))


@periodic("*/10 * * * *")
def take_up_lost_mails() -> None:
    """A mail whose job got lost (the database was away for longer than jobs are tried) gets a new one."""
    now = clock.now()
    never_tried = Q(state="queued", tries=0, created_at__lt=now - timedelta(minutes=30))
    left_alone = Q(state="sending", leased_until__lt=now - timedelta(minutes=10))
    for mail_id in OutgoingMail.objects.filter(never_tried | left_alone).values_list("id", flat=True)[:500]:
        deliver_mail.later(mail_id=str(mail_id))


@periodic("23 3 * * *")
def forget_unconfirmed() -> None:
    """Who asked for the newsletter and never confirmed it is forgotten a week after the link has ended."""
    Subscription.objects.filter(confirmed_at=None, confirm_until__lt=clock.now() - timedelta(days=7)).delete()


@periodic("41 3 * * *")
def forget_old_news() -> None:
    """News that nobody could be given, and browsers that have followed one order for longer than any order takes."""
    now = clock.now()
    PushNews.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()
    PushSubscription.objects.filter(created_at__lt=now - timedelta(days=180)).delete()
