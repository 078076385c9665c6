"""What the clock asks: forget codes, links and tries that are over."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic
from nitka.people.accounts.models import SignInCode, SignInLink, WrongTries


@periodic("31 * * * *")
def forget_ended_doors() -> None:
    """Nobody can ask for any of these again a day after its end."""
    yesterday = clock.now() - timedelta(days=1)
    SignInCode.objects.filter(expires_at__lt=yesterday).delete()
    SignInLink.objects.filter(expires_at__lt=yesterday - timedelta(days=30)).delete()
    WrongTries.objects.filter(last_at__lt=yesterday).delete()


@periodic("13 4 * * *")
def forget_ended_sessions() -> None:
    """Sessions that have ended, and the lines in the list of browsers that belonged to them."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
