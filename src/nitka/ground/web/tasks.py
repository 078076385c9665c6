"""What the clock asks: forget counters and answers that nobody can ask for again."""

import time
from datetime import timedelta

from nitka.ground import clock
from nitka.ground.facts.jobs import periodic
from nitka.ground.web.models import RateCount, StoredAnswer


@periodic("43 * * * *")
def forget_old_rows() -> None:
    """Stored answers live for a day; rate windows are at most a day long."""
    StoredAnswer.objects.filter(at__lt=clock.now() - timedelta(days=1)).delete()
    # Windows count from the epoch in their own length, so the longest that can have ended is yesterday's minute.
    RateCount.objects.filter(window__gt=86400, window__lt=(int(time.time()) - 86400) // 60).delete()
