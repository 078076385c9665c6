"""Comments as they are read: by all, and by who looks at them first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from .models import Comment, State
from .rows import picture_view

MOST_SHOWN = 100
PAGE_SIZE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    """A comment; `nickname` is the name that its writer chose for all to read."""

    id: UUID
    about: str
    subject: UUID
    nickname: str
    body: str
    language: str
    pictures: Sequence[Mapping[str, Any]]
    state: str
    reason: str
    created_at: datetime


def comments_of(subject: UUID, *, most: int = MOST_SHOWN) -> list[CommentView]:
    """What all may read below a page or a collection, newest first."""
    rows = Comment.objects.filter(subject=subject, state=State.PUBLISHED).order_by("-created_at", "-id")
    return [_view(row) for row in rows[:most]]


def comment(id_: UUID) -> CommentView | None:
    """One, in whatever state."""
    row = Comment.objects.filter(id=id_).first()
    return _view(row) if row else None


def comment_queue(*, state: str = "waiting", page: int = 1) -> tuple[list[CommentView], bool]:
    """Comments in a state ("": all), those that wait oldest first, others newest first; and whether more follow."""
    rows = Comment.objects.filter(state=state) if state else Comment.objects.all()
    order = ("created_at", "id") if state == State.WAITING else ("-created_at", "-id")
    start = (max(1, page) - 1) * PAGE_SIZE
    found = list(rows.order_by(*order)[start : start + PAGE_SIZE + 1])
    return [_view(row) for row in found[:PAGE_SIZE]], len(found) > PAGE_SIZE


def comments_waiting() -> int:
    """How many wait for a look."""
    return Comment.objects.filter(state=State.WAITING).count()


def _view(row: Comment) -> CommentView:
    return CommentView(
        id=row.id, about=row.about, subject=row.subject, nickname=row.nickname, body=row.body, language=row.language,
        pictures=[picture_view(each) for each in row.pictures], state=row.state, reason=row.reason,
        created_at=row.created_at,
    )  # fmt: skip
