"""A change by the staff: one action of a domain and its line in the audit log, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from nitka.faces.backoffice.pages import say
from nitka.ground.problem import Problem
from nitka.people.accounts import actions as accounts


@dataclass(frozen=True)
class Outcome:
    """Whether it was done, what the action answered, and else the refusal in words."""

    done: bool
    value: Any = None
    problem: Problem | None = None


def do(
    request: HttpRequest, act: Callable[[], Any], *, verb: str, subject: str = "", said: str = "",
    detail: dict[str, Any] | None = None,
) -> Outcome:  # fmt: skip
    """Act and record who did it; both or neither. A refusal becomes a notice on the next page.

    An action that answers False found nothing to do: nothing is recorded or said.

    `subject` names the thing as people do (an order's code, an address); `said` is the sentence after success.
    An empty `verb` is for the few actions that write their line themselves.
    """
    try:
        with transaction.atomic():
            value = act()
            if value is False:
                return Outcome(False, value)
            if verb:
                record(request, verb, subject, detail)
    except Problem as problem:
        say(request, problem.message, "error")
        return Outcome(False, problem=problem)
    if said:
        say(request, said)
    return Outcome(True, value)


def record(request: HttpRequest, verb: str, subject: str, detail: dict[str, Any] | None = None) -> None:
    """One line in the audit log, in the caller's transaction."""
    accounts.record(actor_id=actor_id(request), verb=verb, subject=subject, detail=detail or {})


def actor_id(request: HttpRequest) -> UUID:
    """Who is at the screen."""
    return request.user.pk  # type: ignore[return-value]
