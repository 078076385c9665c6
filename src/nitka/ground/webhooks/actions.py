"""Verbs of webhooks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.contract import kinds as known_kinds
from nitka.ground.problem import Problem
from nitka.ground.web.outbound import NotSent, target
from nitka.ground.webhooks import noting, signing
from nitka.ground.webhooks.models import Delivery, Endpoint
from nitka.ground.webhooks.tasks import TEST, deliver

BOTH_SECRETS_FOR = timedelta(hours=24)


class WebhookProblem(Problem):
    """The endpoint cannot be so, or is not there."""

    code = "webhook_problem"
    status = 422


@transaction.atomic
def put_endpoint(*, url: str, kinds: Sequence[str] = (), endpoint_id: UUID | None = None) -> tuple[UUID, str]:
    """Make or change an endpoint: an https address, and the kinds of facts that it wants (none: all).

    Returns its id and, for a new one, its secret, which is shown this once. Raises WebhookProblem.
    """
    address = url.strip()
    try:
        target(address)
    except NotSent:
        raise WebhookProblem(_("Give an https address without a password in it.")) from None
    if len(address) > 500:
        raise WebhookProblem(_("This address is too long."))
    if unknown := sorted(set(kinds) - known_kinds().keys()):
        raise WebhookProblem(_("There is no fact “%(kind)s”.") % {"kind": unknown[0]})
    noting.forget()
    if endpoint_id is not None:
        _find(endpoint_id)
        Endpoint.objects.filter(id=endpoint_id).update(url=address, kinds=sorted(set(kinds)))
        return endpoint_id, ""
    row = Endpoint.objects.create(url=address, kinds=sorted(set(kinds)), secret=signing.new_secret())
    return row.id, row.secret


@transaction.atomic
def rotate_secret(*, endpoint_id: UUID) -> str:
    """Give the endpoint a new secret and return it, this once; for a day messages bear both signatures."""
    row = _find(endpoint_id)
    secret = signing.new_secret()
    Endpoint.objects.filter(id=row.id).update(
        old_secret=row.secret, old_until=clock.now() + BOTH_SECRETS_FOR, secret=secret
    )
    return secret


@transaction.atomic
def set_enabled(*, endpoint_id: UUID, enabled: bool) -> None:
    """Turn the endpoint on or off. What was waiting while it was off is sent when it is on again."""
    _find(endpoint_id)
    Endpoint.objects.filter(id=endpoint_id).update(enabled=enabled, why_disabled="")
    noting.forget()
    if enabled:
        for delivery_id in Delivery.objects.filter(endpoint_id=endpoint_id, state="waiting").values_list(
            "id", flat=True
        ):
            Delivery.objects.filter(id=delivery_id).update(next_at=clock.now())
            deliver.later(delivery_id=str(delivery_id))


@transaction.atomic
def forget_endpoint(*, endpoint_id: UUID) -> None:
    """Remove the endpoint with its log."""
    _find(endpoint_id).delete()
    noting.forget()


@transaction.atomic
def send_test(*, endpoint_id: UUID) -> UUID:
    """Send a message of the kind `webhooks.test`; returns the delivery."""
    row = Delivery.objects.create(endpoint=_find(endpoint_id), kind=TEST, next_at=clock.now())
    deliver.later(delivery_id=str(row.id))
    return row.id


@transaction.atomic
def replay(*, endpoint_id: UUID, delivery_id: UUID | None = None, since: datetime | None = None) -> int:
    """Send again one delivery, or all since a moment that were not delivered; returns how many. The ids stay."""
    rows = Delivery.objects.filter(endpoint=_find(endpoint_id))
    if delivery_id is not None:
        rows = rows.filter(id=delivery_id)
    else:
        rows = rows.filter(created_at__gte=since or clock.now()).exclude(state="delivered")
    ids = list(rows.order_by("created_at").values_list("id", flat=True))
    Delivery.objects.filter(id__in=ids).update(state="waiting", tries=0, next_at=clock.now())
    for each in ids:
        deliver.later(delivery_id=str(each))
    return len(ids)


def _find(endpoint_id: UUID) -> Endpoint:
    row = Endpoint.objects.select_for_update().filter(id=endpoint_id).first()
    if row is None:
        raise WebhookProblem(_("This endpoint is gone."))
    return row
