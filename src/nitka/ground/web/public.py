"""Pages that are the same for everybody: what their view says, so that they can be kept ready.

A public view reads nothing of the request but its path, the parameters it names here, and the language, market, units,
theme and answer to the question of consent that are part of what is asked. It gets nothing else: the request it sees
was made of those alone, so it cannot show one person what is another's.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

# Where the view writes down what its page is made of (a key of the WSGI environ, so no client can set it).
NOTES = "nitka.page"
# Any change at all: of a page whose view does not say what it shows.
ANYTHING = "*"

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Public:
    """What a view declares: the parameters it reads ("f.*" stands for all that begin so), and what it always shows."""

    parameters: frozenset[str]
    beginnings: tuple[str, ...]
    shows: tuple[str, ...]

    def reads(self, parameter: str) -> bool:
        """Whether the view reads that parameter of the address."""
        return parameter in self.parameters or parameter.startswith(self.beginnings)


@dataclass(slots=True)
class Notes:
    """What one page is made of: tags of what is shown, and the moment at which its words are true no longer."""

    tags: set[str] = field(default_factory=set)
    until: datetime | None = None
    public: bool = False
    view: str = ""


def public_page(*parameters: str, shows: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Mark a view as public; its page may then be kept ready and given to everybody who asks for the same.

    `parameters`: what of the query it reads; what it does not name is taken away before the view sees it. `shows`: tags
    of what every such page shows; without any, here or by `shown`, the page is thrown away at any change of anything.
    """
    beginnings = tuple(each[:-1] for each in parameters if each.endswith("*"))
    declared = Public(frozenset(each for each in parameters if not each.endswith("*")), beginnings, shows)

    def mark(view: View) -> View:
        @functools.wraps(view)
        def public(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            notes: Notes = request.META.get(NOTES) or Notes()
            notes.public, notes.view = True, request.resolver_match.view_name if request.resolver_match else ""
            notes.tags.update(shows)
            response = view(request, *args, **kwargs)
            if all(tag.startswith("@") for tag in notes.tags):
                notes.tags.add(ANYTHING)
            # A browser may keep the page and asks each time whether it still is; nobody between us and them keeps it.
            response.headers.setdefault("Cache-Control", "private, no-cache")
            return response

        public.public_page = declared  # type: ignore[attr-defined]
        return public

    return mark


def shown(request: HttpRequest, *tags: str, until: datetime | None = None) -> None:
    """Say that this page shows what `tags` stand for, and that it must be made anew at `until`.

    "product:<id>": one product. "product:": products of a list that any of them may join. "@index": an answer of this
    host's index. No harm where the page is not kept.
    """
    notes: Notes | None = request.META.get(NOTES)
    if notes is None:
        return
    notes.tags.update(tags)
    if until is not None:
        notes.until = min(notes.until, until) if notes.until else until


def declared_by(view: Any) -> Public | None:
    """What a view says of its page; None for one that is not public."""
    return getattr(view, "public_page", None)
