"""Who is here: found by e-mail address, proved by signing in."""

import unicodedata
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.problem import Problem
from nitka.people.customers.actions.evidence import EvidenceRow, LinkRow, record
from nitka.people.customers.actions.settling import lock, settle
from nitka.people.customers.facts import CustomerCame, CustomerLinked
from nitka.people.customers.finding import keep_findable, keep_newcomer_findable
from nitka.people.customers.graph import GIVEN, PROVED, VERIFIED
from nitka.people.customers.marks import evidence_id
from nitka.people.customers.models import Customer, Evidence, Link


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


def recognise(*, email: str, language: str, market: str, name: str = "", units: str = "metric") -> UUID:
    """The customer with that address, made if we never met. Safe when two requests meet the same person at once.

    An unproved address says nothing of who types it, so nothing that is known already is changed; an empty name is
    filled. The address is kept as evidence that was given. Raises EmailProblem.
    """
    address, clean = check_email(email=email), name.strip()[:120]
    mark = evidence_id("email", address)
    return _recognised(
        Customer(email=address, anchor=mark, language=language, market=market, name=clean, units=units), mark
    )


@transaction.atomic(savepoint=False)
def _recognised(made: Customer, mark: UUID) -> UUID:
    known = Evidence.objects.filter(id=mark).values_list("customer_id", "standing", "customer__name").first()
    customer_id, standing, called = known or (None, 0, None)
    if customer_id is None or standing < GIVEN:
        customer_id, called = _meet(made, mark, known=known is not None), None
    nameless = Customer.objects.filter(id=customer_id, name="")
    if made.name and customer_id != made.id and not called and nameless.update(name=made.name):
        keep_findable([customer_id])
    return customer_id


def _meet(made: Customer, mark: UUID, *, known: bool) -> UUID:
    # Evidence before customers, as those who settle do: nobody waits for somebody who waits for them.
    with connection.cursor() as cursor:
        record(cursor, [EvidenceRow(mark, "email", str(made.email), GIVEN, "given", clock.now())], [])
    owner = Evidence.objects.values_list("customer_id", flat=True).get(id=mark)
    if owner is not None:
        return owner
    Customer.objects.bulk_create([made], ignore_conflicts=True)
    found = Customer.objects.filter(Q(email=made.email) | Q(anchor=mark)).order_by("email").first()
    assert found is not None
    if found.id == made.id:
        keep_newcomer_findable(made)
        tell(CustomerCame(customer_id=found.id))
    customer_id = found.merged_into_id or found.id
    # With evidence that waits to be settled, links may wait as well.
    Evidence.objects.filter(id=mark, customer=None).update(customer_id=customer_id, settled=not known)
    return customer_id


@transaction.atomic
def link_user(*, user_id: UUID, email: str, language: str = "en", market: str = "", units: str = "metric") -> UUID:
    """The customer of a user whose address was proved by signing in; a guest's rows with that address become theirs.

    A customer who belongs to another user is left alone: two proved people are never made one. An address that the
    user has since an e-mail change is theirs as well, beside the old one.
    """
    login, mail = evidence_id("login", str(user_id)), evidence_id("email", address := check_email(email=email))
    own = Evidence.objects.filter(id=login).values_list("customer_id", flat=True).first()
    a, b = sorted((login, mail))
    if own is not None and Link.objects.filter(a=a, b=b, reason=Link.Reason.SIGN_IN).exists():
        return own
    lock()
    met = recognise(email=address, language=language, market=market, units=units)
    _prove(login, str(user_id), mail, address)
    customer_id = Evidence.objects.values_list("customer_id", flat=True).get(id=login)
    assert customer_id is not None
    if customer_id not in (own, met):
        # Somebody else has proved this address, so that this user is a customer of their own, as new as can be.
        Customer.objects.filter(id=customer_id).update(language=language, market=market, units=units)
    if own is None:
        tell(CustomerLinked(customer_id=customer_id, user_id=user_id))
    return customer_id


def _prove(login: UUID, user: str, mail: UUID, address: str) -> None:
    now = clock.now()
    evidence = [
        EvidenceRow(login, "login", user, VERIFIED, "sign-in", now),
        EvidenceRow(mail, "email", address, VERIFIED, "sign-in", now),
    ]
    with connection.cursor() as cursor:
        record(cursor, evidence, [LinkRow(login, mail, Link.Reason.SIGN_IN, PROVED, "sign-in", now)])
    settle({login, mail})
    Evidence.objects.filter(id__in=[login, mail]).update(settled=True)
    Link.objects.filter(a=min(login, mail), b=max(login, mail), reason=Link.Reason.SIGN_IN).update(settled=True)
