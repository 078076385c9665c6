"""News that appear on a device whose owner asked for them: kept in the caller's transaction, sent afterwards."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import orjson
import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell, tell_all
from nitka.ground.problem import Problem
from nitka.ground.web.outbound import Answer, NotSent, post, target
from nitka.people.contact.facts import PushFollowed, PushNewsWritten
from nitka.people.contact.models import PushNews, PushSubscription
from nitka.people.contact.pushing import letters, sealing, vapid
from nitka.people.contact.queries import sender

log = structlog.get_logger(__name__)
MOST_DEVICES = 20  # that follow one thing; the oldest makes room
WAITS = (10, 60, 300, 1800, 3600, 7200, 14400, 28800)


class PushRefused(Problem):
    """What a browser sent is no address that news can be sent to."""

    code = "push_refused"
    status = 422


@dataclass(frozen=True)
class PushWords:
    """What a notification shows, and the page that it opens."""

    title: str
    body: str
    path: str


@transaction.atomic
def follow_by_push(
    *, endpoint: str, p256dh: str, auth: str, topic: str, language: str, customer_id: UUID | None = None,
    name: str = "",
) -> None:  # fmt: skip
    """Send news of `topic` ("order:<id>") to that browser from now on. A second time renews keys and language.

    `name` is what its owner will know it by.

    Raises PushRefused for an address that is not a push service's, or for keys that are none.
    """
    try:
        target(endpoint)
        sealing.browser_key(letters.read(p256dh))
        right = len(letters.read(auth)) == sealing.SECRET_BYTES and len(endpoint) <= 2000
    except (NotSent, ValueError):
        right = False
    if not right:
        raise PushRefused(_("This browser gave no address for messages. Please reload the page and try again."))
    _row, is_new = PushSubscription.objects.update_or_create(
        endpoint_hash=_hash(endpoint), topic=topic,
        defaults={"endpoint": endpoint, "p256dh": p256dh, "auth": auth, "language": language,
                  "customer_id": customer_id, "name": name.replace("\0", "")[:60]},
    )  # fmt: skip
    if is_new:
        tell(PushFollowed(topic=topic, customer_id=customer_id))
    followers = PushSubscription.objects.filter(topic=topic).order_by("-created_at", "-id")
    PushSubscription.objects.filter(id__in=list(followers.values_list("id", flat=True)[MOST_DEVICES:])).delete()


@transaction.atomic
def unfollow_push(*, endpoint: str, topic: str) -> None:
    """No more news of that to that browser. A second time changes nothing."""
    PushSubscription.objects.filter(endpoint_hash=_hash(endpoint), topic=topic).delete()


@transaction.atomic
def forget_device(*, customer_ids: Iterable[UUID], device: str) -> int:
    """No more news of anything of these customers to that device (see `queries.push_devices`). Returns of how much."""
    return PushSubscription.objects.filter(customer_id__in=list(customer_ids), endpoint_hash=device).delete()[0]


@transaction.atomic
def push_news(*, topic: str, say: Callable[[str], PushWords], lives: timedelta = timedelta(days=2)) -> int:
    """Send the news to every browser that follows `topic`, in its language; how many. Newer news of a topic replace
    older ones that were not shown yet; what could not be sent for so long is not sent at all."""
    from nitka.people.contact.tasks import deliver_push

    followers = list(PushSubscription.objects.filter(topic=topic))
    words = {language: say(language) for language in {each.language for each in followers}}
    until = clock.now() + lives
    for each in followers:
        said = words[each.language]
        news = PushNews.objects.create(
            subscription=each, title=said.title[:120], body=said.body[:500], path=said.path, expires_at=until
        )
        deliver_push.later(news_id=str(news.id))
    devices = Counter(each.customer_id for each in followers)
    tell_all(PushNewsWritten(topic=topic, customer_id=whose, devices=count) for whose, count in devices.items())
    return len(followers)


def deliver_news(*, news_id: UUID) -> None:
    """One try. Does nothing for news that were sent or are too old; a browser that is gone is forgotten."""
    row = PushNews.objects.select_related("subscription").filter(id=news_id).first()
    if row is None:
        return
    if row.expires_at <= clock.now():
        row.delete()
        return
    try:
        outcome: Answer | NotSent = post(row.subscription.endpoint, *_message(row))
    except NotSent as trouble:
        outcome = trouble
    _note(row, outcome)


def _message(row: PushNews) -> tuple[bytes, dict[str, str]]:
    at, now = row.subscription, clock.now()
    said = {"title": row.title, "body": row.body, "path": row.path, "tag": at.topic, "language": at.language}
    body = sealing.seal(orjson.dumps(said), p256dh=letters.read(at.p256dh), auth=letters.read(at.auth))
    return body, {
        "Authorization": vapid.authorization(
            settings.NITKA_VAPID_KEY, endpoint=at.endpoint, subject=_subject(), now=now
        ),
        "TTL": str(max(0, int((row.expires_at - now).total_seconds()))),
        "Urgency": "normal",
        # The service keeps the newest of a topic alone; it learns no more than that two messages are of one.
        "Topic": _hash(f"{settings.SECRET_KEY}{at.topic}")[:32],
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
    }  # fmt: skip


@transaction.atomic
def _note(row: PushNews, outcome: Answer | NotSent) -> None:
    from nitka.people.contact.tasks import deliver_push

    status = outcome.status if isinstance(outcome, Answer) else 0
    refused = isinstance(outcome, NotSent) and outcome.refused
    if status in (404, 410) or refused:
        PushSubscription.objects.filter(endpoint_hash=row.subscription.endpoint_hash).delete()
    elif 200 <= status < 300:
        row.delete()
    elif status in (0, 429) or status >= 500:
        wait = WAITS[min(row.tries, len(WAITS) - 1)]
        if PushNews.objects.filter(id=row.id).update(tries=row.tries + 1):
            deliver_push.later_in(wait, news_id=str(row.id))
    else:
        log.warning("push_refused", status=status, said=outcome.excerpt if isinstance(outcome, Answer) else "")
        row.delete()


def _subject() -> str:
    """Whom a push service may write to."""
    public: str = settings.NITKA_PUBLIC_URL
    return public if public.startswith("https://") else f"mailto:{sender().address}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
