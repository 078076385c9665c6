"""What the clock asks: forget codes, links and tries that are over."""

from datetime import timedelta

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
