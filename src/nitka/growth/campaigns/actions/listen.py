"""What others say of us: read in, looked at, forgotten."""

from datetime import timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.growth.campaigns.facts import MentionSeen
from nitka.growth.campaigns.models import Mention, Network
from nitka.growth.campaigns.problems import UnknownMention
from nitka.growth.campaigns.providers import provider_of
from nitka.growth.campaigns.providers.contract import NotYet, Refused, Said

KEPT = timedelta(days=365)
MOST_AT_ONCE = 1_000
log = structlog.get_logger(__name__)


def read_mentions() -> int:
    """Ask each network what was said; how much of it is new. A network that does not answer is asked again later."""
    return sum(_read(network) for network in Network.values)


def _read(network: str) -> int:
    heard: list[Said] = []
    try:
        for said in provider_of(network).mentions(network):
            heard.append(said)
            if len(heard) >= MOST_AT_ONCE:
                break
    except (NotYet, Refused) as trouble:
        log.warning("mentions_not_read", network=network, error=str(trouble))
    oldest = clock.now() - KEPT
    return sum(_take_in(network, said) for said in heard if said.at > oldest)


@transaction.atomic
def _take_in(network: str, said: Said) -> bool:
    """Keep it, once; what was changed over there is changed here. Whether it is new."""
    words = {"author": said.author, "text": said.text, "address": said.address, "about": said.about}
    row, made = Mention.objects.get_or_create(
        fingerprint=fingerprint(network, said.outside_id),
        defaults={**words, "network": network, "kind": said.kind, "at": said.at},
    )
    if made:
        tell(MentionSeen(mention_id=row.id, network=network, mention_kind=row.kind))
    elif not row.forgotten and (row.text, row.author) != (said.text, said.author):
        Mention.objects.filter(id=row.id).update(**words)
    return made


def fingerprint(network: str, outside_id: str) -> str:
    """A digest of the number over there that nobody without our key can make or undo."""
    return salted_hmac("campaigns.mention", f"{network} {outside_id}", algorithm="sha256").hexdigest()


@transaction.atomic
def set_mention_done(*, mention_id: UUID, done: bool = True) -> None:
    """Say that nothing is left to do about it, or that there is. Raises UnknownMention."""
    state = Mention.State.DONE if done else Mention.State.NEW
    if not Mention.objects.filter(id=mention_id).update(state=state):
        raise UnknownMention(_("This mention is gone."))


@transaction.atomic
def link_mention(*, mention_id: UUID, customer_id: UUID | None) -> None:
    """Say which customer wrote it, so that it is theirs in an export and an erasure. Raises UnknownMention."""
    if not Mention.objects.filter(id=mention_id).update(customer_id=customer_id):
        raise UnknownMention(_("This mention is gone."))


@transaction.atomic
def forget_mention(*, mention_id: UUID) -> None:
    """Keep nothing of it but a digest of its number, so that it is not read in again. Raises UnknownMention."""
    gone = {"author": "", "text": "", "address": "", "customer_id": None, "state": Mention.State.DONE}
    if not Mention.objects.filter(id=mention_id).update(**gone, forgotten=True):
        raise UnknownMention(_("This mention is gone."))


@transaction.atomic
def clear_old_mentions() -> int:
    """Delete what was said more than a year ago; how much it was."""
    count, _tables = Mention.objects.filter(at__lt=clock.now() - KEPT).delete()
    return count
