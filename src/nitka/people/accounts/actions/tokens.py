"""Keys for programs that work for the shop."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.ids import new_token
from nitka.ground.problem import Problem
from nitka.people.accounts import queries
from nitka.people.accounts.actions.audit import record
from nitka.people.accounts.models import ApiToken, User
from nitka.people.accounts.secrets import token_hash

PREFIX = "nk_"  # so that scanners for leaked keys know one of ours
NOTED_EVERY = timedelta(minutes=1)


class TokenProblem(Problem):
    """A token cannot be made like this."""

    code = "token_invalid"
    status = 422


@transaction.atomic
def make_api_token(
    *, user_id: UUID, name: str, scopes: Sequence[str], expires_at: datetime | None = None
) -> tuple[UUID, str]:  # fmt: skip
    """Make a token that works in the name of that user; returns its id and its letters, which are shown once.

    `scopes` are permissions that the user has; it never may more than its owner may at that moment. Raises
    TokenProblem.
    """
    user = User.objects.select_for_update().get(id=user_id)
    if not name.strip():
        raise TokenProblem(_("Say what the token is for."))
    wanted = tuple(each for each in queries.PERMISSIONS if each in set(scopes))
    if not wanted or len(wanted) != len(set(scopes)) or not all(queries.can(user, each) for each in wanted):
        raise TokenProblem(_("Choose at least one thing that it may do, of what you may do yourself."))
    if expires_at and expires_at <= clock.now():
        raise TokenProblem(_("Choose an end that lies ahead."))
    token = PREFIX + new_token()
    row = ApiToken.objects.create(
        user=user, name=name.strip()[:80], token_hash=token_hash(token), hint=token[-4:], scopes=list(wanted),
        expires_at=expires_at,
    )  # fmt: skip
    record(actor_id=user_id, verb="token.made", subject=f"token {row.id}", detail={"scopes": list(wanted)})
    return row.id, token


@transaction.atomic
def revoke_api_token(*, token_id: UUID, actor_id: UUID | None = None) -> bool:
    """The token opens nothing from now on. Returns whether that was news."""
    if not ApiToken.objects.filter(id=token_id, revoked_at=None).update(revoked_at=clock.now()):
        return False
    record(actor_id=actor_id, verb="token.revoked", subject=f"token {token_id}")
    return True


def note_token_used(*, token_id: UUID, used_at: datetime | None) -> None:
    """Keep when it was last used, to the minute; `used_at` is what is known of that."""
    now = clock.now()
    if used_at is None or used_at < now - NOTED_EVERY:
        ApiToken.objects.filter(id=token_id).update(used_at=now)
