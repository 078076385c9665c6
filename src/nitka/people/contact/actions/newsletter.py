"""The newsletter: asked for, confirmed from the mailbox itself, left with one click."""

import hashlib
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_token
from nitka.ground.problem import Problem
from nitka.people.contact.actions.send import send_mail
from nitka.people.contact.facts import NewsletterConfirmed, NewsletterLeft
from nitka.people.contact.models import Subscription
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as known

TEXT_VERSION = "2026-11"
GIVEN = 1
LINK_LIVES = timedelta(days=7)
ASK_AGAIN_AFTER = timedelta(minutes=2)


class NewsletterProblem(Problem):
    """The link is too old or unknown."""

    code = "newsletter_link_invalid"
    status = 404


@transaction.atomic
def subscribe_newsletter(
    *, email: str, language: str, source: str, text_version: str = TEXT_VERSION, device: str = ""
) -> None:
    """Ask by mail whether the owner of the address wants the newsletter; nothing is granted before the answer.

    Answers the same whether the address is new, waiting, or subscribed already (then nothing is sent), and mails an
    address at most every two minutes. `device` is the number of the browser that asks, where it may be known; whose
    it is, is believed once the mailbox says yes. Raises customers' EmailProblem.
    """
    address = customers.check_email(email=email)
    Subscription.objects.bulk_create(
        [Subscription(email=address, language=language, source=source, text_version=text_version)],
        ignore_conflicts=True,
    )
    row = Subscription.objects.select_for_update().get(email=address)
    if row.confirmed_at and not row.left_at and known.has_consent(address, "newsletter"):
        return
    now = clock.now()
    if row.confirm_until and row.confirm_until > now + LINK_LIVES - ASK_AGAIN_AFTER:
        return
    token = new_token()
    row.confirm_hash, row.confirm_until = _hash(token), now + LINK_LIVES
    row.language, row.source, row.text_version, row.asked_at = language, source, text_version, now
    row.device = device
    row.save()
    send_mail(to=address, language=language, template="contact/mail/newsletter_confirm",
              context={"path": f"/{language}/newsletter/confirm?token={token}"})  # fmt: skip


@transaction.atomic
def confirm_newsletter(*, token: str) -> UUID:
    """Write the consent into the ledger; a second click changes nothing. Returns the id of the subscription.

    Raises NewsletterProblem for a link that is unknown or ended.
    """
    row = Subscription.objects.select_for_update().filter(confirm_hash=_hash(token)).first()
    if row is None or row.confirm_until is None or row.confirm_until < clock.now():
        raise NewsletterProblem(_("This link has ended. Please subscribe once more; a new one comes at once."))
    if row.confirmed_at and not row.left_at and row.confirmed_at >= row.asked_at:
        return row.id
    row.confirmed_at, row.left_at = clock.now(), None
    row.save(update_fields=["confirmed_at", "left_at"])
    if row.device:
        customers.link(
            first=("device", row.device), second=("email", row.email), reason="told", trust=GIVEN, source=row.source
        )
    customer_id = _into_ledger(row, granted=True)
    tell(NewsletterConfirmed(subscription_id=row.id, source=row.source, customer_id=customer_id))
    return row.id


@transaction.atomic
def unsubscribe(*, token: str) -> None:
    """Take the consent back, by the token in every newsletter, without asking anything (RFC 8058).

    A second time changes nothing. Raises NewsletterProblem for an unknown token.
    """
    row = Subscription.objects.select_for_update().filter(leave_token=token).first()
    if row is None:
        raise NewsletterProblem(_("This link belongs to nobody. Write to us and we take you off the list."))
    _leave(row)


@transaction.atomic
def unsubscribe_email(*, email: str) -> None:
    """Take the consent back for the owner of an address who is signed in. Nothing happens where there is none."""
    row = Subscription.objects.select_for_update().filter(email=email.strip().lower()).first()
    if row is not None:
        _leave(row)


def _leave(row: Subscription) -> None:
    if row.left_at is not None:
        return
    # An open link must not bring the person back.
    row.left_at, row.confirm_hash, row.confirm_until = clock.now(), "", None
    row.save(update_fields=["left_at", "confirm_hash", "confirm_until"])
    customer = known.customer_by_email(row.email)
    if known.has_consent(row.email, "newsletter"):
        _into_ledger(row, granted=False)
    tell(NewsletterLeft(subscription_id=row.id, customer_id=customer.id if customer else None))


def _into_ledger(row: Subscription, *, granted: bool) -> UUID | None:
    """Who it is, where we know them."""
    customer = known.customer_by_email(row.email)
    customers.record_consent(
        email=row.email, customer_id=customer.id if customer else None, purpose="newsletter", granted=granted,
        source=row.source if granted else "unsubscribe link", text_version=row.text_version,
    )  # fmt: skip
    return customer.id if customer else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
