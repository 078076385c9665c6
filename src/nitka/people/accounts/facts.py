"""What accounts tell."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class CodeAsked(Fact, kind="accounts.code_asked", subject="challenge_id"):
    """Somebody wants a code by mail; `queries.code_request` tells whom to write to."""

    challenge_id: UUID


@dataclass(frozen=True, kw_only=True)
class StaffInvited(Fact, kind="accounts.staff_invited", subject="link_id"):
    """A colleague was invited; `queries.invitation` tells the link."""

    link_id: UUID
    language: str


@dataclass(frozen=True, kw_only=True)
class SecurityChanged(Fact, kind="accounts.security_changed", subject="user_id", whose="user_id"):
    """A way to sign in was added or taken away; the owner of the account should hear of it."""

    user_id: UUID
    change: str
    language: str


@dataclass(frozen=True, kw_only=True)
class SignedIn(Fact, kind="accounts.signed_in", subject="user_id", whose="user_id"):
    """A person signed in by code, passkey, password or link."""

    user_id: UUID
    method: str
