"""What the clock asks: forget counters and answers that nobody can ask for again."""

import time
from datetime import timedelta

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic
from nitka.ground.web.models import PageChange, RateCount, StoredAnswer

# A process that did not look for longer throws away all that it kept.
CHANGES_KEPT = timedelta(hours=6)


@periodic("43 * * * *")
def forget_old_rows() -> None:
    """Stored answers live for a day; a rate window is of no use when it has ended."""
    StoredAnswer.objects.filter(at__lt=clock.now() - timedelta(days=1)).delete()
    RateCount.objects.filter(window__lt=int(time.time())).delete()
    PageChange.objects.filter(at__lt=clock.now() - CHANGES_KEPT).delete()
