"""What went wrong for somebody on our pages."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from nitka.insight.profiles import words
from nitka.insight.profiles.known import Known, moment
from nitka.insight.profiles.views import ProfileValue


def labels() -> dict[str, str]:
    return {
        "rage_click": _("Clicked in anger"), "dead_click": _("Clicked where nothing happened"),
        "form_error": _("A form refused them"), "no_results": _("Searched and found nothing"),
        "script_error": _("A page broke"), "slow_page": _("A page was slow"),
    }  # fmt: skip


def values(known: Known) -> Iterator[ProfileValue]:
    for word, entry in words.most(known.behaviour.get("troubles", {}), 10):
        at, _seq, path = entry[-1][:3]
        yield ProfileValue(
            name=word, label=labels()[word], value=entry[0], texts=(words.times(entry[0]),),
            source=_("last on %(path)s") % {"path": path} if path else words.from_visits(max(known.visits, 1)),
            at=moment(at), tone="danger",
        )  # fmt: skip
