"""The first words of a post, which people then make their own."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from nitka.ground import clock
from nitka.ground.locale import format_date, pick
from nitka.shelf.content import queries as content


def of_product(title: Mapping[str, str], summary: Mapping[str, str], language: str) -> str:
    """A new product, in the post's language."""
    with override(language):
        return _lines(_("New: %(title)s") % {"title": pick(title, language)}, pick(summary, language))


def of_offer(name: str, until: datetime | None, language: str) -> str:
    """A sale or a promotion, with its last day on the shop's calendar."""
    with override(language):
        if until is None:
            return name
        day = format_date(clock.local(until, content.shop().zone).date(), language, "until_long")
        return _lines(name, _("Until %(day)s.") % {"day": day})


def of_page(title: str, description: str) -> str:
    """An article or another page."""
    return _lines(title, description)


def _lines(*parts: str) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())
