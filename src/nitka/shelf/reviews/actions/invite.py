"""Asking buyers for a review, some days after they got what they bought."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from nitka.ground import clock
from nitka.ground.belongings import is_nobodys
from nitka.ground.locale import FALLBACK, LANGUAGES, pick
from nitka.people.contact import actions as contact
from nitka.people.customers import queries as customers
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import queries as content
from nitka.shelf.reviews import queries
from nitka.shelf.reviews.models import Invitation, Rules, Silence

__all__ = ["invite", "leave_invitations", "send_invitations"]

AT_ONCE = 200


@transaction.atomic
def invite(
    *, order_code: str, product_ids: Sequence[UUID], customer_id: UUID | None = None, email: str = "",
    language: str = FALLBACK, history: bool = False,
) -> int:  # fmt: skip
    """Note that these products were delivered, so that who got them may review them as buyers, and ask them by mail
    after the days of the rules. The same order and product count once. Returns how many were new.

    `history`: for orders of the past; nobody is asked.
    """
    rules = queries.rules()
    due = clock.now() + timedelta(days=rules.invite_after_days)
    asked = not history and bool(email) and rules.invite != Rules.Invite.NOBODY and not is_nobodys(email)
    rows = [
        Invitation(
            product_id=each, customer_id=customer_id, email=email.strip().lower(), order_code=order_code,
            language=language if language in LANGUAGES else FALLBACK, due_at=due if asked else None,
            state=Invitation.State.OPEN if asked else Invitation.State.SILENT,
        )
        for each in dict.fromkeys(product_ids)
    ]  # fmt: skip
    before = Invitation.objects.filter(order_code=order_code).count()
    Invitation.objects.bulk_create(rows, ignore_conflicts=True)
    return Invitation.objects.filter(order_code=order_code).count() - before


@transaction.atomic
def send_invitations() -> int:
    """Write the mails that are due, one an order with all of its products. Returns how many were written.

    Nobody is asked who said no, whose rules ask for a consent that is not there, or who has reviewed all of it.
    """
    due = Invitation.objects.select_for_update(skip_locked=True).filter(
        state=Invitation.State.OPEN, due_at__lte=clock.now()
    )
    orders: dict[str, list[Invitation]] = defaultdict(list)
    for row in due.order_by("due_at", "id")[:AT_ONCE]:
        orders[row.order_code].append(row)
    written = 0
    for rows in orders.values():
        wanted = [row for row in rows if row.review_id is None]
        asked = bool(wanted) and _may_ask(wanted[0].email)
        if asked:
            _write(wanted)
            written += 1
        state = Invitation.State.SENT if asked else Invitation.State.SILENT
        Invitation.objects.filter(id__in=[row.id for row in rows]).update(
            state=state, sent_at=clock.now() if asked else None
        )
    return written


def _may_ask(email: str) -> bool:
    rules = queries.rules()
    if not email or rules.invite == Rules.Invite.NOBODY or Silence.objects.filter(email=email).exists():
        return False
    return rules.invite == Rules.Invite.BUYERS or customers.has_consent(email, "newsletter")


def _write(rows: Sequence[Invitation]) -> None:
    first = rows[0]
    columns = ("id", "product_id", "product__title", "product__slug", "product__handle")
    pictures = {
        each.id: next((media.file for media in each.media if media.kind == "picture"), "")
        for each in catalog.product_source([row.product_id for row in rows])
    }
    goods = [
        {"title": pick(title, first.language), "path": _address(first.language, slug, handle, id_),
         "picture": pictures.get(product_id, "")}
        for id_, product_id, title, slug, handle in Invitation.objects.filter(id__in=[row.id for row in rows])
        .order_by("id").values_list(*columns)
    ]  # fmt: skip
    leave = f"/{first.language}/reviews/leave?k={queries.silence_token(first.email)}"
    contact.send_mail(
        to=first.email, language=first.language, template="reviews/mail/invitation", customer_id=first.customer_id,
        context={"goods": goods, "order_code": first.order_code, "leave": leave}, leave_path=leave,
        reply_to=content.shop().email,
    )  # fmt: skip


def _address(language: str, slug: Mapping[str, str], handle: str, invitation_id: UUID) -> str:
    token = queries.invitation_token(invitation_id)
    return f"/{language}/p/{pick(slug, language) or handle}/review?k={token}"


@transaction.atomic
def leave_invitations(*, token: str) -> bool:
    """Never ask this address for a review again. Returns False for a token that is not ours."""
    email = queries.email_of_silence(token)
    if not email:
        return False
    Silence.objects.get_or_create(email=email)
    Invitation.objects.filter(email=email, state=Invitation.State.OPEN).update(state=Invitation.State.SILENT)
    return True
