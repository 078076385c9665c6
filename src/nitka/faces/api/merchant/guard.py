"""Who may call: a token with the scope. And how: each deed once for its key, with its line in the audit log."""

import functools
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.decorators import decorate_view
from ninja.security import HttpBearer

from nitka.faces.api.schemas import REFUSALS
from nitka.faces.api.schemas import Problem as ProblemShape
from nitka.ground.problem import Problem
from nitka.ground.web.idempotency import idempotent, idempotent_outside
from nitka.ground.web.limits import check, client_address
from nitka.people.accounts import actions as accounts
from nitka.people.accounts import queries as people
from nitka.people.accounts.queries import TokenView

EACH = "1200/m"
WRONG = "60/m"
ANSWERS: dict[int, Any] = {**REFUSALS, **dict.fromkeys((401, 403, 502, 503), ProblemShape)}
View = Callable[..., Any]


class NoToken(Problem):
    """The request names no token that opens anything."""

    code = "token_needed"
    status = 401


class NotAllowed(Problem):
    """The token, or who it belongs to, may not do this."""

    code = "not_allowed"
    status = 403


class Bearer(HttpBearer):
    """Names the scheme in OpenAPI; `guarded` has looked at the token already, before any stored answer is repeated."""

    def authenticate(self, request: HttpRequest, token: str) -> TokenView | None:
        return getattr(request, "program", None)


def reads(router: Router, path: str, permission: str, answer: Any, summary: str, **more: Any) -> Callable[[View], View]:
    """A GET for tokens with that scope."""
    response = {200: answer, **ANSWERS} if answer else ANSWERS
    operation = router.get(
        path, response=response, auth=Bearer(), summary=summary, description=_scope(permission), **more
    )
    return lambda view: operation(decorate_view(guarded(permission))(view))


def deed(
    router: Router, path: str, permission: str, answer: Any, summary: str, *, method: str = "POST", status: int = 200,
    outside: bool = False, keyed: bool = True,
) -> Callable[[View], View]:  # fmt: skip
    """An unsafe request for tokens with that scope, once for its Idempotency-Key. `outside`: its action asks a gateway
    or a carrier, so no transaction is around it. Not `keyed`: the answer holds a secret that nobody keeps, and the
    action has a key of its own."""
    operation = router.api_operation(
        [method], path, response={status: answer, **ANSWERS}, auth=Bearer(), summary=summary,
        description=_scope(permission),
    )  # fmt: skip
    # The last is the outermost: the token first, then what was answered before, then the deed with its audit line.
    wrappers: tuple[View, ...] = () if outside else (_whole,)
    if keyed:
        wrappers += (idempotent_outside if outside else idempotent,)
    return lambda view: operation(decorate_view(*wrappers, guarded(permission))(view))


def guarded(permission: str) -> Callable[[View], View]:
    """Let only tokens in that may do that."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            found = _opened(request)
            if permission not in found.may:
                raise NotAllowed(_("This token may not do that: it needs %(scope)s.") % {"scope": permission})
            request.program = found  # type: ignore[attr-defined]
            response: HttpResponse = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return wrapped

    return decorate


def noted(request: HttpRequest, verb: str, subject: str, **detail: Any) -> None:
    """The line in the audit log, in the transaction of the deed."""
    found: TokenView = request.program  # type: ignore[attr-defined]
    accounts.record(
        actor_id=found.user_id, verb=verb, subject=subject, detail={**detail, "by": "api", "token": str(found.id)}
    )


def actor(request: HttpRequest) -> str:
    """In whose name the program works, as steps of orders keep it."""
    return str(request.program.user_id)  # type: ignore[attr-defined]


def _opened(request: HttpRequest) -> TokenView:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    found = people.api_token(token.strip()[:100]) if kind.lower() == "bearer" and token.isascii() else None
    if found is None:
        check(f"api_wrong:{client_address(request)}", WRONG)
        raise NoToken(_("Send a token of this shop: Authorization: Bearer nk_… It is made in the back office."))
    check(f"api:{found.id}", EACH, store="memory")
    accounts.note_token_used(token_id=found.id, used_at=found.used_at)
    return found


def _whole(view: View) -> View:
    @functools.wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            return view(*args, **kwargs)

    return wrapped


def _scope(permission: str) -> str:
    return f"Scope: `{permission}`."
