"""The rows of a file that did not go in, as every report of an import counts and tells them."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.faces.files.parsing import RowError

KEPT_ERRORS = 1_000


def _where(each: RowError) -> str:
    return ", ".join(part for part in (each.item, f"“{each.column}”" if each.column else "") if part) or "–"


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
        said = [
            _("Line %(line)s (%(item)s): %(reason)s")
            % {
                "line": each.line,
                "item": _where(each),
                "reason": each.reason,
            }
            for each in self.errors
        ]
        if self.refused > len(self.errors):
            said.append(_("… and %(count)s more.") % {"count": self.refused - len(self.errors)})
        return [words % {"count": self.refused}, *said]
