"""The company on the other side of the demo card. Everything here would run in somebody else's house."""

import hashlib
import hmac
import json
import time
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from nitka.ground.ids import new_token
from nitka.sale.payments.providers.demo_card.models import DemoCharge, DemoRefund

LATE_SECONDS = 4
TOLERANCE_SECONDS = 300
State = DemoCharge.State
_FIRST_STATE = {
    "success": State.SUCCEEDED,
    "decline": State.DECLINED,
    "challenge": State.CHALLENGE,
    "late": State.PENDING,
}


def _first(choice: str, holds: bool) -> str:
    return _won(holds) if choice == "success" else _FIRST_STATE.get(choice, State.DECLINED)


def _won(holds: bool) -> str:
    return State.AUTHORISED if holds else State.SUCCEEDED


@transaction.atomic
def charge(
    *, key: str, payment_id: UUID, minor: int, currency: str, choice: str, label: str = "", return_url: str = "",
    holds: bool = False,
) -> DemoCharge:  # fmt: skip
    """One charge for one key, whatever the number of requests."""
    fresh = DemoCharge(
        ref=new_token(), key=key, payment_id=payment_id, minor=minor, currency=currency, choice=choice, label=label,
        return_url=return_url, state=_first(choice, holds), holds=holds,
    )  # fmt: skip
    DemoCharge.objects.bulk_create([fresh], ignore_conflicts=True)
    made = DemoCharge.objects.get(key=key)
    if made.ref == fresh.ref and made.state == State.PENDING:
        _later(made, LATE_SECONDS)
    return made


def look(key: str) -> DemoCharge | None:
    """The charge of that key."""
    return DemoCharge.objects.filter(key=key).first()


def by_ref(ref: str) -> DemoCharge | None:
    """The charge of that reference, for the confirmation page."""
    return DemoCharge.objects.filter(ref=ref).first()


@transaction.atomic
def answer(ref: str, *, approve: bool) -> DemoCharge | None:
    """The payer confirms or refuses a challenge; a webhook follows. Any later answer changes nothing."""
    made = DemoCharge.objects.select_for_update().filter(ref=ref).first()
    if made and made.state == State.CHALLENGE:
        made.state = _won(made.holds) if approve else State.DECLINED
        made.save(update_fields=["state"])
        _later(made, 1)
    return made


@transaction.atomic
def decide_late(ref: str) -> None:
    """The slow bank makes up its mind."""
    DemoCharge.objects.filter(ref=ref, state=State.PENDING, holds=True).update(state=State.AUTHORISED)
    DemoCharge.objects.filter(ref=ref, state=State.PENDING).update(state=State.SUCCEEDED)


@transaction.atomic
def cancel(key: str) -> DemoCharge | None:
    """Give up a charge that is not decided."""
    made = DemoCharge.objects.select_for_update().filter(key=key).first()
    if made and made.state in (State.CHALLENGE, State.PENDING):
        made.state = State.CANCELLED
        made.save(update_fields=["state"])
    return made


@transaction.atomic
def capture(charge_key: str, minor: int, key: str, *, final: bool) -> bool:
    """Take a part of what is set aside, once a key; the last part ends it."""
    made = DemoCharge.objects.select_for_update().filter(key=charge_key, holds=True).first()
    if made is None:
        return False
    if key in made.captures:
        return True
    if made.state != State.AUTHORISED or made.captured_minor + minor > made.minor:
        return False
    made.captures[key] = minor
    made.captured_minor += minor
    if final or made.captured_minor == made.minor:
        made.state = State.SUCCEEDED
    made.save(update_fields=["captures", "captured_minor", "state"])
    return True


@transaction.atomic
def void(charge_key: str) -> DemoCharge | None:
    """Let go of what is set aside."""
    made = DemoCharge.objects.select_for_update().filter(key=charge_key).first()
    if made and made.state == State.AUTHORISED:
        made.state = State.CANCELLED
        made.save(update_fields=["state"])
    return made


def made_between(since: datetime, until: datetime) -> list[DemoCharge]:
    """The book of that time."""
    return list(DemoCharge.objects.filter(created_at__gte=since, created_at__lte=until))


@transaction.atomic
def refund(charge_key: str, minor: int, key: str) -> bool:
    """Send money back, once a key, never more than came."""
    made = DemoCharge.objects.select_for_update().filter(key=charge_key).first()
    if made is None or (made.state != State.SUCCEEDED and not made.captured_minor):
        return False
    if DemoRefund.objects.filter(key=key).exists():
        return True
    if made.refunded_minor + minor > (made.captured_minor if made.holds else made.minor):
        return False
    DemoRefund.objects.create(key=key, charge=made, minor=minor)
    made.refunded_minor += minor
    made.save(update_fields=["refunded_minor"])
    return True


def message(made: DemoCharge, *, event_id: str = "") -> tuple[bytes, dict[str, str]]:
    """A webhook about the charge as it is now: raw body and headers."""
    body: dict[str, Any] = {
        "id": event_id or f"{made.ref}:{made.state}", "ref": made.ref, "payment_id": str(made.payment_id),
        "state": made.state, "minor": made.minor, "currency": made.currency,
    }  # fmt: skip
    raw = json.dumps(body, separators=(",", ":")).encode()
    return raw, {"Demo-Signature": signature(raw, int(time.time()))}


def signature(raw: bytes, at: int) -> str:
    """`t=<seconds>,v1=<HMAC-SHA256 of "seconds.body">`."""
    return f"t={at},v1={_mac(raw, at)}"


def verified(raw: bytes, header: str) -> dict[str, Any] | None:
    """The body of a message that we signed not long ago, else None. Checked on the bytes as they came."""
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    if not parts.get("t", "").isdecimal() or abs(time.time() - int(parts["t"])) > TOLERANCE_SECONDS:
        return None
    if not hmac.compare_digest(_mac(raw, int(parts["t"])).encode(), parts.get("v1", "").encode()):
        return None
    try:
        body = json.loads(raw)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _mac(raw: bytes, at: int) -> str:
    secret = f"demo gateway {settings.SECRET_KEY}".encode()
    return hmac.new(secret, f"{at}.".encode() + raw, hashlib.sha256).hexdigest()


def _later(made: DemoCharge, seconds: float) -> None:
    from nitka.sale.payments.tasks import send_demo_webhook

    send_demo_webhook.later_in(seconds, ref=made.ref)
