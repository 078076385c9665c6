"""Who works here, and as what."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.ground.problem import Problem
from nitka.people.accounts.actions.audit import record
from nitka.people.accounts.actions.links import make_link
from nitka.people.accounts.facts import StaffInvited
from nitka.people.accounts.models import User


class StaffProblem(Problem):
    """The role cannot be given or taken like this."""

    code = "staff_invalid"


@transaction.atomic
def invite_staff(
    *, email: str, name: str, role: str, actor_id: UUID | None = None, language: str = "en", mail: bool = True
) -> UUID:
    """Give somebody a role and mail them a link that opens once within three days. Returns the user's id.

    A shopper with that address keeps the account. `mail=False` makes the account alone, for the first owner.
    Raises StaffProblem for an address or role that does not exist, and for somebody who works here already.
    """
    normal = email.strip().lower()
    try:
        validate_email(normal)
    except ValidationError:
        raise StaffProblem(_("Please check the e-mail address: it should look like name@example.com.")) from None
    _check_role(role)
    user = User.objects.select_for_update().filter(email=normal).first()
    if user is None:
        user = User.objects.create_user(normal, name=name.strip()[:120], role=role)
    elif user.role and user.is_active:
        raise StaffProblem(_("Somebody with this address works here already. Change the role instead."))
    else:
        user.role, user.name, user.is_active = role, name.strip()[:120] or user.name, True
        user.save(update_fields=["role", "name", "is_active"])
    record(actor_id=actor_id, verb="staff.invited", subject=f"user {user.id}", detail={"role": role})
    if mail:
        tell(StaffInvited(link_id=make_link(user.id, "invitation").id, language=language))
    return user.id


@transaction.atomic
def set_role(*, user_id: UUID, role: str, actor_id: UUID | None = None) -> None:
    """Change what somebody may do; an empty role makes a shopper of them.

    The last owner stays one, also when two owners demote each other at the same moment. Raises StaffProblem.
    """
    if role:
        _check_role(role)
    # All owners are locked in one order, so that whoever comes second counts what the first one left.
    owners = list(User.objects.select_for_update().filter(role="owner", is_active=True).order_by("id"))
    user = next((owner for owner in owners if owner.id == user_id), None)
    user = user or User.objects.select_for_update().get(id=user_id)
    if user.role == role:
        return
    if user.role == "owner" and user.is_active and len(owners) == 1:
        raise StaffProblem(_("The shop needs an owner. Make somebody else an owner first."))
    before, user.role = user.role, role
    user.save(update_fields=["role"])
    record(actor_id=actor_id, verb="staff.role_changed", subject=f"user {user_id}", detail={"from": before, "to": role})


def _check_role(role: str) -> None:
    if not role or role not in User.Role.values:
        raise StaffProblem(_("Choose one of the roles."))
