"""Passkeys, authenticator apps and recovery codes."""

import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

import segno
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nitka.ground.facts.actions import tell
from nitka.ground.problem import Problem
from nitka.people.accounts import doors, passkeys
from nitka.people.accounts.facts import SecurityChanged
from nitka.people.accounts.models import User
from nitka.people.accounts.secrets import same

PERIOD_SECONDS = 30
MOST_PASSKEYS = 20


class FactorProblem(Problem):
    """The passkey, code or app was not accepted."""

    code = "factor_refused"
    status = 422


@dataclass(frozen=True)
class TotpSetup:
    """What an authenticator app needs: the secret to type, or the same as a picture (SVG) to scan."""

    secret: str
    uri: str
    picture: str


def begin_passkey(*, user_id: UUID) -> tuple[dict[str, Any], dict[str, Any]]:
    """Options for the browser to make a passkey, and the state to keep until it has."""
    return passkeys.begin_registration(User.objects.get(id=user_id))


@transaction.atomic
def add_passkey(*, user_id: UUID, state: dict[str, Any] | None, credential: dict[str, Any], name: str) -> int:
    """Keep the passkey that the browser made, under a name that its owner knows it by. Raises FactorProblem."""
    user = User.objects.select_for_update().get(id=user_id)
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count() >= MOST_PASSKEYS:
        raise FactorProblem(_("You have twenty passkeys. Remove one that you no longer use."))
    try:
        made = passkeys.finish_registration(user, state or {}, credential, name.strip()[:60] or _("Passkey"))
    except passkeys.REFUSED:
        raise FactorProblem(_("The passkey could not be added. Please try again.")) from None
    _tell(user_id, "passkey_added")
    return int(made.pk)


@transaction.atomic
def remove_passkey(*, user_id: UUID, passkey_id: int) -> None:
    """Forget a passkey. Nothing happens if it is gone already."""
    rows = Authenticator.objects.filter(id=passkey_id, user_id=user_id, type=Authenticator.Type.WEBAUTHN)
    if rows.delete()[0]:
        _forget_codes_without_factor(user_id)
        _tell(user_id, "passkey_removed")


def begin_passkey_sign_in(*, user_id: UUID | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Options for the browser to show a passkey (any of this shop, or of one user), and the state to keep."""
    return passkeys.begin_sign_in(User.objects.get(id=user_id) if user_id else None)


def check_passkey(
    *, state: dict[str, Any] | None, credential: dict[str, Any], address: str, user_id: UUID | None = None
) -> UUID:
    """The user whose passkey answered. Raises FactorProblem, and LockedOut."""
    # Who comes with any passkey names no account, so only the address can be locked.
    account = f"passkey {user_id or address}"
    doors.count_try(account, address)
    try:
        user = User.objects.get(id=user_id) if user_id else None
        found = passkeys.finish_sign_in(state or {}, credential, user)
    except passkeys.REFUSED:
        raise FactorProblem(_("We do not know this passkey. Sign in by a code in your mailbox instead.")) from None
    if not found.user.is_active:
        raise FactorProblem(_("We do not know this passkey. Sign in by a code in your mailbox instead."))
    found.record_usage()
    doors.forgive(account, address)
    return UUID(str(found.user_id))


def start_totp(*, user_id: UUID, secret: str = "") -> TotpSetup:
    """A fresh secret for an app (or the one that is being set up), as text and picture. Nothing is stored."""
    user = User.objects.get(id=user_id)
    key = secret or generate_totp_secret()
    issuer = passkeys.relying_party()["name"]
    uri = f"otpauth://totp/{quote(f'{issuer}:{user.email}')}?{urlencode({'secret': key, 'issuer': issuer})}"
    picture = segno.make(uri, error="m").svg_inline(scale=5, border=2, omitsize=False, svgclass=None, lineclass=None)
    return TotpSetup(key, uri, picture)


@transaction.atomic
def confirm_totp(*, user_id: UUID, secret: str, code: str) -> tuple[str, ...]:
    """Keep the app once it has shown a code that fits. Returns the recovery codes, shown this once.

    Raises FactorProblem.
    """
    user = User.objects.select_for_update().get(id=user_id)
    step = _step_of(secret, code)
    if step is None:
        raise FactorProblem(_("This code does not fit. Wait for the next one and check the clock of the phone."))
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    app = TOTP.activate(user, secret).instance
    app.data["step"] = step
    app.save(update_fields=["data"])
    _tell(user_id, "totp_added")
    return new_recovery_codes(user_id=user_id)


@transaction.atomic
def remove_totp(*, user_id: UUID) -> None:
    """Forget the app. Nothing happens if there is none."""
    if Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.TOTP).delete()[0]:
        _forget_codes_without_factor(user_id)
        _tell(user_id, "totp_removed")


@transaction.atomic
def new_recovery_codes(*, user_id: UUID) -> tuple[str, ...]:
    """Ten codes that stand in for the app once each; older ones end."""
    user = User.objects.select_for_update().get(id=user_id)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    return tuple(RecoveryCodes.activate(user).get_unused_codes())


def check_second_factor(*, user_id: UUID, code: str, address: str) -> str:
    """Accept a code of the app, or a recovery code; each opens once. Returns "totp" or "recovery_code".

    Raises FactorProblem, and LockedOut after five wrong ones within 15 minutes.
    """
    account = f"second {user_id}"
    doors.count_try(account, address)
    kind = _use_code(user_id, "".join(code.split()).replace("-", ""))
    if kind is None:
        raise FactorProblem(_("This code does not fit. Wait for the next one, or use a recovery code."))
    doors.forgive(account, address)
    return kind


@transaction.atomic
def _use_code(user_id: UUID, code: str) -> str | None:
    rows = {row.type: row for row in Authenticator.objects.select_for_update().filter(user_id=user_id)}
    app = rows.get(Authenticator.Type.TOTP)
    if app is not None:
        step = _step_of(decrypt(app.data["secret"]), code)
        # A code that was seen over a shoulder must not open a second time, nor an older one after it.
        if step is not None and step > app.data.get("step", 0):
            app.data["step"] = step
            app.save(update_fields=["data"])
            app.record_usage()
            return "totp"
    codes = rows.get(Authenticator.Type.RECOVERY_CODES)
    if codes is not None and RecoveryCodes(codes).validate_code(code):
        codes.record_usage()
        return "recovery_code"
    return None


def _step_of(secret: str, code: str) -> int | None:
    """The step of time (RFC 6238) that the code belongs to: this one, the one before or after."""
    now = int(time.time()) // PERIOD_SECONDS
    fits = [s for s in (now - 1, now, now + 1) if same(format_hotp_value(hotp_value(secret, s)), code)]
    return fits[-1] if fits else None


def _forget_codes_without_factor(user_id: UUID) -> None:
    rows = Authenticator.objects.filter(user_id=user_id)
    if not rows.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        rows.delete()


def _tell(user_id: UUID, change: str) -> None:
    tell(SecurityChanged(user_id=user_id, change=change, language=get_language() or "en"))
