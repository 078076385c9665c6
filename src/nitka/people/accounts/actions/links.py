"""Links that let one person in once: for the demo, for who lost the second factor, for an invited colleague."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.ground.problem import Problem
from nitka.people.accounts.actions.audit import record
from nitka.people.accounts.models import SignInLink
from nitka.people.accounts.secrets import link_token, token_hash

LIVES = {"demo": timedelta(minutes=15), "recovery": timedelta(minutes=15), "invitation": timedelta(days=3)}


class LinkProblem(Problem):
    """The link was used, has ended, or never was."""

    code = "link_invalid"
    status = 404


@transaction.atomic
def make_link(user_id: UUID, purpose: str) -> SignInLink:
    link_id = new_id()
    return SignInLink.objects.create(
        id=link_id, user_id=user_id, purpose=purpose, token_hash=token_hash(link_token(link_id)),
        expires_at=clock.now() + LIVES[purpose],
    )  # fmt: skip


@transaction.atomic
def make_sign_in_link(*, user_id: UUID, purpose: str = "recovery", actor_id: UUID | None = None) -> str:
    """A path that signs this user in once within 15 minutes, without second factor. For demo and recovery.

    Older links of the same purpose end. Raises KeyError for a purpose that does not exist.
    """
    SignInLink.objects.filter(user_id=user_id, purpose=purpose, used_at=None).update(expires_at=clock.now())
    link = make_link(user_id, purpose)
    record(actor_id=actor_id, verb="sign_in_link.made", subject=f"user {user_id}", detail={"purpose": purpose})
    return f"/back/sign-in/link/{link_token(link.id)}"


@transaction.atomic
def use_sign_in_link(*, token: str) -> UUID:
    """The user whom the link lets in; it lets nobody in again. Raises LinkProblem."""
    link = (
        SignInLink.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(token_hash=token_hash(token), used_at=None, expires_at__gt=clock.now(), user__is_active=True)
        .first()
    )
    if link is None:
        raise LinkProblem(_("This link was used already or has ended. Ask for a new one."))
    link.used_at = clock.now()
    link.save(update_fields=["used_at"])
    record(actor_id=link.user_id, verb="sign_in_link.used", subject=f"user {link.user_id}",
           detail={"purpose": link.purpose})  # fmt: skip
    return link.user_id
