"""One line of a statement, whatever its file looked like."""

import hashlib
from dataclasses import dataclass
from datetime import date

from nitka.ground.problem import Problem


class StatementProblem(Problem):
    """The file cannot be read as a statement; the sentence says what is wrong with it."""

    code = "statement_unreadable"
    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Money that came into the account, in minor units above zero."""

    account: str
    entry: str
    booked_on: date
    minor: int
    currency: str
    payer: str = ""
    payer_account: str = ""
    text: str = ""


def number_of(*parts: object) -> str:
    """A number for an entry whose bank gives none: a print of all it says, and its place among equal ones."""
    return "print:" + hashlib.sha256("|".join(str(part) for part in parts).encode()).hexdigest()[:40]
