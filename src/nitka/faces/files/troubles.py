"""The rows of a file that did not go in, as every report of an import counts and tells them."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.faces.files.parsing import RowError

KEPT_ERRORS = 1_000


def _where(each: RowError) -> str:
    return ", ".join(part for part in (each.item, f"“{each.column}”" if each.column else "") if part) or "–"


def _lines(found: list[int], item: str, reason: str) -> str:
    if len(found) == 1:
        return _("Line %(line)s (%(item)s): %(reason)s") % {"line": found[0], "item": item, "reason": reason}
    shown = ", ".join(map(str, found[:10])) + (", …" if len(found) > 10 else "")
    return _("Lines %(lines)s (%(item)s): %(reason)s") % {"lines": shown, "item": item, "reason": reason}


@dataclass(slots=True, kw_only=True)
class Troubles:
    """What was refused. Of very many troubles only the number is kept."""

    refused: int = 0
    errors: list[RowError] = field(default_factory=list)

    def error(self, error: RowError) -> None:
        """Keep a trouble; of very many only their number."""
        self.refused += 1
        if len(self.errors) < KEPT_ERRORS:
            self.errors.append(error)

    def plain_errors(self) -> list[dict[str, object]]:
        """The kept ones as plain values."""
        return [
            {"line": each.line, "item": each.item, "column": each.column, "reason": each.reason} for each in self.errors
        ]

    def told(self) -> list[str]:
        """The troubles for people: how many, each kept one, and how many more there were."""
        if not self.refused:
            return []
        words = ngettext("%(count)s trouble:", "%(count)s troubles:", self.refused)
        alike: dict[tuple[str, str], list[int]] = {}
        for each in self.errors:
            alike.setdefault((_where(each), each.reason), []).append(each.line)
        said = [_lines(found, item, reason) for (item, reason), found in alike.items()]
        if self.refused > len(self.errors):
            said.append(_("… and %(count)s more.") % {"count": self.refused - len(self.errors)})
        return [words % {"count": self.refused}, *said]
