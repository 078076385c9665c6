"""Signing in by a code in the mailbox: no password, and no word on whether an account exists."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.problem import Problem
from nitka.ground.web import limits
from nitka.people.accounts import doors
from nitka.people.accounts.facts import CodeAsked
from nitka.people.accounts.models import SignInCode, User
from nitka.people.accounts.secrets import code_of, same

CODE_LIVES = timedelta(minutes=15)
TRIES = 5


class WrongCode(Problem):
    """The code does not fit, was used, or has ended."""

    code = "wrong_code"
    status = 422


def ask_code(*, email: str, language: str, address: str) -> UUID:
    """Mail a code of six digits and return the id that it is entered with; the same for a stranger and a friend.

    Raises WrongCode for what is no e-mail address, and TooManyRequests.
    """
    normal = email.strip().lower()
    try:
        validate_email(normal)
    except ValidationError:
        raise WrongCode(_("Please check the e-mail address: it should look like name@example.com.")) from None
    limits.check(f"code:{address}", "60/h")
    limits.check(f"code:{normal}", "6/h")
    return _write(normal, language)


@transaction.atomic
def _write(email: str, language: str) -> UUID:
    row = SignInCode.objects.create(email=email, language=language, expires_at=clock.now() + CODE_LIVES)
    tell(CodeAsked(challenge_id=row.id))
    return row.id


def check_code(*, challenge_id: UUID, code: str, address: str) -> UUID:
    """The user who got that code, made at the first visit. A code opens once, within 15 minutes, in five tries.

    Raises WrongCode, and LockedOut after five wrong codes within 15 minutes, the right one included.
    """
    row = SignInCode.objects.filter(id=challenge_id).first()
    email = row.email if row else ""
    # Not atomic as a whole: a wrong code must be counted although it is refused.
    doors.count_try(email or f"code {challenge_id}", address)
    user_id = _use(challenge_id, "".join(code.split()).replace("-", ""))
    if user_id is None:
        raise WrongCode(_("This code does not fit. Look at the newest mail, or let us send another code."))
    doors.forgive(email, address)
    return user_id


@transaction.atomic
def _use(challenge_id: UUID, code: str) -> UUID | None:
    row = SignInCode.objects.select_for_update().filter(id=challenge_id).first()
    if row is None or row.used_at is not None or row.expires_at <= clock.now() or row.tries >= TRIES:
        return None
    row.tries += 1
    if same(code_of(row.id), code):
        row.used_at = clock.now()
    row.save(update_fields=["tries", "used_at"])
    if row.used_at is None:
        return None
    User.objects.bulk_create([_shopper(row.email)], ignore_conflicts=True)
    user = User.objects.get(email=row.email)
    return user.id if user.is_active else None


def _shopper(email: str) -> User:
    user = User(email=email)
    user.set_unusable_password()
    return user
