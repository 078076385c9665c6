"""Writing a post, and saying when it goes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.ground.locale import LANGUAGES
from nitka.growth.campaigns import drafting
from nitka.growth.campaigns.links import page_path
from nitka.growth.campaigns.models import Network, SocialPost
from nitka.growth.campaigns.problems import PostBusy, PostProblem, UnknownPost

State = SocialPost.State
MOST_LETTERS = {Network.FACEBOOK: 5_000, Network.INSTAGRAM: 2_200}
# Instagram counts the link's letters too, and refuses more than thirty words with #.
ROOM_FOR_LINK, MOST_HASHES = 400, 30


@transaction.atomic
def put_post(
    *, post_id: UUID | None = None, network: str = "", language: str = "", text: str = "", path: str = "",
    by: UUID | None = None,
) -> UUID:  # fmt: skip
    """Write a post by hand, or change one that was not sent. `path` is the page of the shop that it links to.

    A new post without words gets those of its page, and its picture. Raises PostProblem, UnknownPost, PostBusy.
    """
    link = page_path(path)
    if post_id is not None:
        row = _open(post_id)
        row.text = _checked(text, row.network)
        if link != row.path:
            about = drafting.about(link, row.language)
            row.path, row.picture, row.picture_alt = link, about.picture or row.picture, about.picture_alt
        # What a network was given half-way holds the old words.
        row.progress, row.changed_at = {}, clock.now()
        row.save(update_fields=["text", "path", "picture", "picture_alt", "progress", "changed_at"])
        return row.id
    if network not in Network.values or language not in LANGUAGES:
        raise PostProblem(_("Choose a network and a language."), field="network")
    about = drafting.about(link, language)
    made = SocialPost.objects.create(
        id=new_id(), network=network, language=language, kind=about.kind, path=link, picture=about.picture,
        picture_alt=about.picture_alt, text=_checked(text or about.text, network), made_by=by, made_at=clock.now(),
        changed_at=clock.now(),
    )  # fmt: skip
    return made.id


@transaction.atomic
def schedule_post(*, post_id: UUID, at: datetime) -> None:
    """Have the post sent at that moment. Raises PostProblem for a moment that is over, UnknownPost, PostBusy."""
    if at <= clock.now():
        raise PostProblem(_("Choose a moment that is still to come, or send it now."), field="at")
    _wait_for(post_id, at)


@transaction.atomic
def send_now(*, post_id: UUID) -> None:
    """Have the post sent within a minute, also one that failed. Raises PostProblem, UnknownPost, PostBusy."""
    _wait_for(post_id, clock.now())


@transaction.atomic
def take_back(*, post_id: UUID) -> None:
    """Let a post wait for no moment any more. Raises UnknownPost, PostBusy."""
    row = _open(post_id)
    row.state, row.scheduled_at, row.due_at = State.DRAFT, None, None
    row.save(update_fields=["state", "scheduled_at", "due_at"])


@transaction.atomic
def delete_post(*, post_id: UUID) -> None:
    """Throw a post away that was not sent. Raises UnknownPost, PostBusy."""
    _open(post_id).delete()


def _wait_for(post_id: UUID, at: datetime) -> None:
    row = _open(post_id)
    _checked(row.text, row.network)
    if row.network == Network.INSTAGRAM and not row.picture:
        raise PostProblem(_("Instagram takes no post without a picture. Link a product that has one."), field="path")
    row.state, row.scheduled_at, row.due_at = State.SCHEDULED, at, at
    row.tries, row.trouble = 0, ""
    row.save(update_fields=["state", "scheduled_at", "due_at", "tries", "trouble"])


def _open(post_id: UUID) -> SocialPost:
    row = SocialPost.objects.select_for_update().filter(id=post_id).first()
    if row is None:
        raise UnknownPost(_("This post is gone."))
    if row.state in (State.SENDING, State.SENT, State.KEPT):
        raise PostBusy(_("This post was sent, or is being sent right now. Write a new one."))
    return row


def _checked(text: str, network: str) -> str:
    words = text.replace("\r\n", "\n").replace("\0", "").strip()
    most = MOST_LETTERS[Network(network)] - ROOM_FOR_LINK
    if not words:
        raise PostProblem(_("Write a few words."), field="text")
    if len(words) > most:
        raise PostProblem(_("A post there has at most %(n)d letters.") % {"n": most}, field="text")
    if network == Network.INSTAGRAM and words.count("#") > MOST_HASHES:
        raise PostProblem(_("Instagram takes at most thirty words with #."), field="text")
    return words
