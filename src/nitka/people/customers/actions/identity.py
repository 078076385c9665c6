"""Who is here: found by e-mail address, proved by signing in."""

import unicodedata
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.ground.problem import Problem
from nitka.people.customers.facts import CustomerCame, CustomerLinked
from nitka.people.customers.finding import keep_findable
from nitka.people.customers.models import Customer


class EmailProblem(Problem):
    """That is no e-mail address."""

    code = "email_invalid"
    status = 422


def check_email(*, email: str) -> str:
    """The address in the one form that is stored: trimmed, composed, small letters. Raises EmailProblem."""
    normal = unicodedata.normalize("NFKC", email).strip().lower()
    try:
        validate_email(normal)
    except ValidationError:
        raise EmailProblem(_("Please check the e-mail address: it should look like name@example.com.")) from None
    if len(normal) > 254:
        raise EmailProblem(_("This e-mail address is too long."))
    return normal


@transaction.atomic
def recognise(*, email: str, language: str, market: str, name: str = "", units: str = "metric") -> UUID:
    """The customer with that address, made if we never met. Safe when two requests meet the same person at once.

    An unproved address says nothing of who types it, so nothing that is known already is changed; an empty name is
    filled. Raises EmailProblem.
    """
    normal = check_email(email=email)
    found = Customer.objects.filter(email=normal).only("id", "name").first()
    if found is None:
        Customer.objects.bulk_create(
            [made := Customer(email=normal, language=language, market=market, name=name.strip()[:120], units=units)],
            ignore_conflicts=True,
        )
        found = Customer.objects.only("id", "name").get(email=normal)
        if found.id == made.id:
            keep_findable([found.id])
            tell(CustomerCame(customer_id=found.id))
    if name.strip() and not found.name:
        Customer.objects.filter(id=found.id, name="").update(name=name.strip()[:120])
        keep_findable([found.id])
    return found.id


@transaction.atomic
def link_user(*, user_id: UUID, email: str, language: str = "en", market: str = "", units: str = "metric") -> UUID:
    """The customer of a user whose address was proved by signing in; a guest's rows with that address become theirs.

    A customer who belongs to another user is left alone: two proved people are never made one.
    """
    own = Customer.objects.filter(user_id=user_id).values_list("id", flat=True).first()
    if own is not None:
        return own
    customer_id = recognise(email=email, language=language, market=market, units=units)
    linked = Customer.objects.filter(id=customer_id, user__isnull=True).update(user_id=user_id)
    if not linked:
        holder = Customer.objects.values_list("user_id", flat=True).get(id=customer_id)
        if holder == user_id:
            return customer_id
        customer_id = Customer.objects.create(user_id=user_id, language=language, market=market, units=units).id
        tell(CustomerCame(customer_id=customer_id))
    tell(CustomerLinked(customer_id=customer_id, user_id=user_id))
    return customer_id
