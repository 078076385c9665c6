"""Sending what is due: claimed by one worker, tried again with patience, never doubled.

The network is asked outside of any transaction. Each step that it answered is kept at once, and where an answer was
lost the next try looks first whether the post stands there.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.growth.campaigns.facts import SocialPostFailed, SocialPostSent
from nitka.growth.campaigns.links import link_of
from nitka.growth.campaigns.models import SocialPost
from nitka.growth.campaigns.picturing import square
from nitka.growth.campaigns.providers import provider_of
from nitka.growth.campaigns.providers.contract import NotYet, Outgoing, Refused, Sent

State = SocialPost.State
WAITS = (60, 300, 900, 3_600, 10_800, 21_600)  # seconds after each try; the last one gives up after ten hours
UNSURE_WAIT = 180  # until a network lists what it took
LONGEST = timedelta(minutes=15)  # a try takes three minutes at most; a worker that needs longer is dead
log = structlog.get_logger(__name__)


def due_posts() -> list[UUID]:
    """Posts whose moment has come, also those that a worker left half-way."""
    now = clock.now()
    due = Q(state=State.SCHEDULED, due_at__lte=now) | Q(state=State.SENDING, claimed_at__lt=now - LONGEST)
    return list(SocialPost.objects.filter(due).order_by("due_at", "id").values_list("id", flat=True)[:200])


def send_due() -> int:
    """Have each post that is due sent by a job of its own; how many there are."""
    from nitka.growth.campaigns import tasks  # the clock's tasks stand above the verbs

    found = due_posts()
    for each in found:
        tasks.send_one.later(lock=f"social:{each}", post_id=str(each))
    return len(found)


def send_post(*, post_id: UUID) -> bool:
    """Send the post if it is due and nobody else does; whether it went out or was kept."""
    claim = clock.now()
    row = _claimed(post_id, claim)
    if row is None:
        return False
    provider = provider_of(row.network)
    try:
        sent = provider.send(_outgoing(row), lambda progress: _keep(row, claim, progress))
    except NotYet as trouble:
        _later(row, claim, str(trouble), trouble.seconds, trouble.unsure, provider.NAME)
        return False
    except Refused as trouble:
        _give_up(row, claim, str(trouble), False, provider.NAME)
        return False
    except Exception as trouble:  # a provider's own mistake must not leave the post half-way, nor send it twice
        log.exception("social_post_broke", post=str(post_id))
        _later(row, claim, type(trouble).__name__, 0, True, provider.NAME)
        return False
    return _done(row, claim, sent, provider.NAME)


def _claimed(post_id: UUID, claim: datetime) -> SocialPost | None:
    """The row, if it was due and is ours now. One that was left half-way may have gone out."""
    whole = SocialPost.objects.filter(id=post_id)
    first = {"claimed_at": claim, "tries": F("tries") + 1, "first_tried_at": Coalesce("first_tried_at", claim)}
    mine = whole.filter(state=State.SCHEDULED, due_at__lte=claim).update(state=State.SENDING, **first)
    if not mine:
        mine = whole.filter(state=State.SENDING, claimed_at__lt=claim - LONGEST).update(unsure=True, **first)
    return whole.first() if mine else None


def _outgoing(row: SocialPost) -> Outgoing:
    picture = square(row.picture) if row.picture else ""
    return Outgoing(
        id=str(row.id), network=row.network, text=row.text, link=link_of(row),
        picture=settings.NITKA_PUBLIC_URL + picture if picture else "", picture_alt=row.picture_alt,
        progress=row.progress, since=row.first_tried_at or clock.now(), unsure=row.unsure,
    )  # fmt: skip


def _ours(row: SocialPost, claim: datetime) -> Any:
    return SocialPost.objects.filter(id=row.id, state=State.SENDING, claimed_at=claim)


def _keep(row: SocialPost, claim: datetime, progress: Mapping[str, Any]) -> None:
    _ours(row, claim).update(progress=dict(progress))


def _later(row: SocialPost, claim: datetime, reason: str, seconds: int, unsure: bool, provider: str) -> None:
    if row.tries > len(WAITS):
        _give_up(row, claim, reason, unsure or row.unsure, provider)
        return
    wait = max(seconds, WAITS[row.tries - 1], UNSURE_WAIT if unsure else 0)
    _ours(row, claim).update(
        state=State.SCHEDULED, due_at=clock.now() + timedelta(seconds=wait), trouble=reason[:500],
        unsure=row.unsure or unsure, provider=provider,
    )  # fmt: skip


@transaction.atomic
def _give_up(row: SocialPost, claim: datetime, reason: str, unsure: bool, provider: str) -> None:
    if _ours(row, claim).update(
        state=State.FAILED, due_at=None, trouble=reason[:500], unsure=unsure or row.unsure, provider=provider
    ):
        tell(SocialPostFailed(post_id=row.id, network=row.network))


@transaction.atomic
def _done(row: SocialPost, claim: datetime, sent: Sent, provider: str) -> bool:
    done = _ours(row, claim).update(
        state=State.KEPT if sent.kept else State.SENT, due_at=None, sent_at=clock.now(), trouble="", unsure=False,
        provider=provider, outside_id=sent.outside_id[:120], outside_address=sent.address[:500], shown=sent.shown,
    )  # fmt: skip
    if done and not sent.kept:
        tell(SocialPostSent(post_id=row.id, network=row.network))
    return bool(done)
