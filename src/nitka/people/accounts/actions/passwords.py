"""Passwords: for those of the staff who want one. Shoppers have none."""

from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.ground.problem import Problem
from nitka.people.accounts import doors
from nitka.people.accounts.facts import SecurityChanged
from nitka.people.accounts.models import User


class PasswordProblem(Problem):
    """The password is wrong, or too weak to be kept."""

    code = "password_invalid"
    status = 422


def check_password(*, email: str, password: str, address: str) -> UUID:
    """The user with that address and password. An unknown address takes as long and is told the same.

    Raises PasswordProblem, and LockedOut after five wrong ones within 15 minutes.
    """
    normal = email.strip().lower()
    doors.count_try(normal, address)
    user = User.objects.filter(email=normal, is_active=True).first()
    if user is None or not user.has_usable_password():
        make_password(password)  # as much work as a comparison
        fits = False
    else:
        fits = user.check_password(password)
    if user is None or not fits:
        raise PasswordProblem(_("Address or password do not fit. You can sign in by a code in your mailbox instead."))
    doors.forgive(normal, address)
    return user.id


@transaction.atomic
def set_password(*, user_id: UUID, password: str) -> None:
    """Set a password, or take it away with an empty one; sessions end unless `keep_session` follows.

    Raises PasswordProblem with what is too weak about it.
    """
    user = User.objects.select_for_update().get(id=user_id)
    if password:
        try:
            validate_password(password, user)
        except ValidationError as weak:
            raise PasswordProblem(" ".join(weak.messages)) from None
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save(update_fields=["password"])
    tell(SecurityChanged(user_id=user_id, change="password_changed", language=get_language() or "en"))
