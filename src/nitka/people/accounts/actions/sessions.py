"""Sessions: the one place where an action takes the request, for a session is a part of it."""

from datetime import timedelta
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.auth import login, logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.people.accounts.adapter import AccountAdapter
from nitka.people.accounts.facts import SignedIn
from nitka.people.accounts.models import User
from nitka.people.accounts.queries import SIGNED_IN_AT

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STAFF_SESSION = timedelta(hours=12)
SIGNED_IN_BY = "nitka_signed_in_by"


@transaction.atomic
def open_session(*, request: HttpRequest, user_id: UUID, method: str) -> None:
    """Sign the browser in under a fresh session key. Staff stay for twelve hours, shoppers for thirty days."""
    user = User.objects.get(id=user_id, is_active=True)
    login(request, user, backend=BACKEND)
    request.session[SIGNED_IN_AT] = int(clock.now().timestamp())
    request.session[SIGNED_IN_BY] = method
    if user.is_staff:
        request.session.set_expiry(STAFF_SESSION)
    request.session.save()
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "ip": AccountAdapter().get_client_ip(request),
            "user_agent": request.headers.get("User-Agent", "")[:200],
        },
    )
    tell(SignedIn(user_id=user_id, method=method))


def keep_session(*, request: HttpRequest) -> None:
    """After `set_password`: this browser stays signed in, all others of the user are out."""
    update_session_auth_hash(request, User.objects.get(id=str(request.user.pk)))


@transaction.atomic
def close_session(*, request: HttpRequest) -> None:
    """Sign the browser out."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)


@transaction.atomic
def end_session(*, user_id: UUID, session_id: int) -> None:
    """Sign another browser of this user out. Nothing happens if it is gone, or somebody else's."""
    for session in UserSession.objects.select_for_update().filter(id=session_id, user_id=user_id):
        session.end()


@transaction.atomic
def end_other_sessions(*, user_id: UUID, this: str | None = None) -> int:
    """Sign all browsers of this user out but the one with the key `this`. Returns how many."""
    others = list(UserSession.objects.select_for_update().filter(user_id=user_id).exclude(session_key=this or ""))
    for session in others:
        session.end()
    return len(others)
