"""Questions about accounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from nitka.ground import clock
from nitka.people.accounts.models import ApiToken, AuditEntry, SignInCode, SignInLink, User
from nitka.people.accounts.secrets import code_of, link_token, token_hash

SIGNED_IN_AT = "nitka_signed_in_at"
LATELY = timedelta(minutes=15)
PERMISSIONS = (
    "orders.view", "orders.ship", "orders.cancel", "catalog.edit", "settings.edit", "staff.edit", "audit.view",
    "facts.retry", "messages.answer", "customers.view", "customers.edit", "customers.export", "customers.erase",
)  # fmt: skip
_ALLOWED: dict[str, frozenset[str]] = {
    "owner": frozenset(PERMISSIONS),
    "manager": frozenset(PERMISSIONS) - {"staff.edit"},
    "agent": frozenset({"orders.view", "orders.cancel", "messages.answer", "customers.view", "customers.edit"}),
    "warehouse": frozenset({"orders.view", "orders.ship"}),
}


@dataclass(frozen=True)
class UserView:
    id: UUID
    email: str
    name: str
    role: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class TokenView:
    """A key of a program. `may` are its scopes as far as its owner still has them."""

    id: UUID
    name: str
    hint: str
    user_id: UUID
    user_name: str
    scopes: tuple[str, ...]
    may: frozenset[str]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > clock.now())


@dataclass(frozen=True)
class PasskeyView:
    id: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class SignInMethods:
    """How a person can sign in beside the code by mail."""

    passkeys: tuple[PasskeyView, ...]
    totp: bool
    recovery_codes_left: int
    password: bool


@dataclass(frozen=True)
class SessionView:
    """A browser that is signed in. The id is no key: it opens nothing."""

    id: int
    address: str
    browser: str
    signed_in_at: datetime
    is_this: bool


@dataclass(frozen=True)
class CodeRequest:
    """Whom to write a code to. `code` is None once it was used or has ended."""

    email: str
    language: str
    code: str | None


@dataclass(frozen=True)
class InvitationView:
    email: str
    name: str
    role: str
    path: str


def can(user: Any, permission: str) -> bool:
    """Whether a user (of the request) may do that. Raises ValueError for a permission that does not exist."""
    if permission not in PERMISSIONS:
        raise ValueError(f"{permission} is no permission.")
    return bool(getattr(user, "is_active", False)) and permission in _ALLOWED.get(getattr(user, "role", ""), ())


def user(user_id: UUID) -> UserView | None:
    """The user with that id."""
    row = User.objects.filter(id=user_id).first()
    return UserView(row.id, row.email, row.name, row.role, row.is_active) if row else None


def has_owner() -> bool:
    """Whether anybody owns the shop."""
    return User.objects.filter(role=User.Role.OWNER, is_active=True).exists()


def api_token(token: str) -> TokenView | None:
    """The open token of these letters, and what it may do now; None for any other. One query."""
    rows = ApiToken.objects.select_related("user").filter(token_hash=token_hash(token), user__is_active=True)
    row = rows.exclude(user__role="").first()
    found = _token(row) if row else None
    return found if found and found.is_open else None


def api_tokens() -> tuple[TokenView, ...]:
    """All tokens that are not revoked, newest first."""
    rows = ApiToken.objects.select_related("user").filter(revoked_at=None).order_by("-created_at", "-id")
    return tuple(_token(row) for row in rows)


def _token(row: ApiToken) -> TokenView:
    return TokenView(
        row.id, row.name, row.hint, row.user_id, row.user.name or row.user.email, tuple(row.scopes),
        frozenset(each for each in row.scopes if each in PERMISSIONS and can(row.user, each)), row.created_at,
        row.expires_at, row.used_at, row.revoked_at,
    )  # fmt: skip


def link_owner(token: str) -> UserView | None:
    """Whom a link that still opens would let in; asking does not use it up."""
    link = SignInLink.objects.filter(
        token_hash=token_hash(token), used_at=None, expires_at__gt=clock.now(), user__is_active=True
    ).first()  # fmt: skip
    return user(link.user_id) if link else None


def user_by_email(email: str) -> UserView | None:
    """The user with that address, however it is written."""
    row = User.objects.filter(email=email.strip().lower()).first()
    return UserView(row.id, row.email, row.name, row.role, row.is_active) if row else None


def staff_rows() -> QuerySet[User]:
    """Everybody who works here, by name."""
    return User.objects.exclude(role="").order_by("name", "email")


def audit_rows() -> QuerySet[AuditEntry]:
    """What the staff did, newest first."""
    return AuditEntry.objects.order_by("-at", "-id")


def sessions_of(user_id: UUID, this: str | None = None) -> list[SessionView]:
    """Where a user is signed in, newest first; `this` is the key of the session that asks."""
    from django.contrib.sessions.models import Session

    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    rows = UserSession.objects.filter(user_id=user_id, session_key__in=alive).order_by("-created_at")
    return [SessionView(row.id, row.ip, row.user_agent, row.created_at, row.session_key == this) for row in rows]


def sign_in_methods(user_id: UUID) -> SignInMethods:
    """How a person can sign in beside the code by mail."""
    rows = list(Authenticator.objects.filter(user_id=user_id).order_by("created_at", "id"))
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    account = User.objects.only("password").get(id=user_id)
    return SignInMethods(
        passkeys=tuple(
            PasskeyView(row.id, row.data.get("name", ""), row.created_at, row.last_used_at)
            for row in rows
            if row.type == Authenticator.Type.WEBAUTHN
        ),
        totp=any(row.type == Authenticator.Type.TOTP for row in rows),
        recovery_codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
        password=account.has_usable_password(),
    )


def signed_in_lately(session: Mapping[str, Any]) -> bool:
    """Whether the person of this session proved who they are within the last quarter of an hour."""
    return clock.now().timestamp() - float(session.get(SIGNED_IN_AT, 0)) <= LATELY.total_seconds()


def needs_second_factor(user_id: UUID, method: str) -> bool:
    """Whether somebody of the staff who came by `method` must also show the passkey or app that they set up.

    A passkey asks for a finger or PIN itself; a recovery link exists because the second factor is lost.
    """
    if method not in {"code", "password"}:
        return False
    works_here = User.objects.filter(id=user_id).exclude(role="").exists()
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return works_here and Authenticator.objects.filter(user_id=user_id, type__in=kinds).exists()


def should_add_second_factor(user_id: UUID) -> bool:
    """Whether to nudge: somebody of the staff has neither a passkey nor an app."""
    works_here = User.objects.filter(id=user_id).exclude(role="").exists()
    return works_here and not Authenticator.objects.filter(user_id=user_id).exists()


def code_request(challenge_id: UUID) -> CodeRequest | None:
    """What a code that was asked for needs to be mailed."""
    row = SignInCode.objects.filter(id=challenge_id).first()
    if row is None:
        return None
    open_ = row.used_at is None and row.expires_at > clock.now()
    return CodeRequest(row.email, row.language, code_of(row.id) if open_ else None)


def invitation(link_id: UUID) -> InvitationView | None:
    """What a mail to an invited colleague needs; None once the link was used or has ended."""
    row = SignInLink.objects.select_related("user").filter(
        id=link_id, used_at=None, expires_at__gt=clock.now()
    ).first()  # fmt: skip
    if row is None:
        return None
    path = f"/back/sign-in/link/{link_token(row.id)}"
    return InvitationView(row.user.email, row.user.name, row.user.role, path)
