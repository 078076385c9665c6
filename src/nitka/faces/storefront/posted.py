"""What all forms have in common that anybody may send: who sends, and what is refused before it is read."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nitka.ground.problem import Problem
from nitka.people.customers import queries as people

# A field that no person sees; what fills in all that it finds fills in this too.
TRAP = "website"
MOST_BYTES = 52 << 20  # five pictures of ten megabytes, and words


def me_of(request: HttpRequest) -> people.CustomerView | None:
    """The customer who is signed in."""
    user: Any = request.user
    return people.customer_of_user(user.id) if user.is_authenticated else None


def is_too_large(request: HttpRequest) -> bool:
    """Whether more comes than pictures and words can be. To be asked before `request.POST` is touched: that reads all
    of it."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES


def refuse_machines(request: HttpRequest) -> None:
    """Raises Problem where the trap was filled in."""
    if request.POST.get(TRAP):
        raise Problem(_("This looked as if a machine had written it. Please send it once more."))
