"""The links of the frame."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.locale import LANGUAGES
from nitka.shelf.content.blocks.links import is_link
from nitka.shelf.content.facts import MenuChanged
from nitka.shelf.content.forgetting import forget_now_and_later
from nitka.shelf.content.models import Menu
from nitka.shelf.content.problems import ContentProblem

PLACES = ("header", "footer")
MOST_ENTRIES = {"header": 12, "footer": 6}
MOST_BELOW = 20
LONGEST_LABEL = 80


@transaction.atomic
def put_menu(*, place: str, entries: Sequence[Mapping[str, Any]]) -> None:
    """Say what stands in "header" or "footer": [{"label": {language: text}, "to": …, "entries": [the same]}].

    In the footer the first level are the headings of the columns. `to` names a thing ("category:chairs",
    "collection:…", "product:…", "maker:…", "page:returns"), a path below the language ("/search?sort=new") or a whole
    address; an empty label stands for the thing's own name. No entries at all: the frame's own menu. Raises
    ContentProblem for another place, a third level, too many entries, or what is no link.
    """
    if place not in PLACES:
        raise ContentProblem(_("A menu stands in the header or in the footer."), field="place")
    if len(entries) > MOST_ENTRIES[place]:
        raise ContentProblem(
            _("This menu has room for %(most)s entries.") % {"most": MOST_ENTRIES[place]}, field="entries"
        )
    made = [_entry(each, place, 1) for each in entries]
    row = Menu.objects.select_for_update().filter(place=place).first() or Menu(place=place)
    if row.entries == made:
        return
    row.entries, row.changed_at = made, clock.now()
    row.save()
    tell(MenuChanged(place=place))
    forget_now_and_later()


def _entry(entry: Mapping[str, Any], place: str, level: int) -> dict[str, Any]:
    label = {code: text.strip() for code, text in (entry.get("label") or {}).items() if text and text.strip()}
    to = str(entry.get("to") or "").strip()
    below = entry.get("entries") or ()
    if set(label) - set(LANGUAGES) or any(len(text) > LONGEST_LABEL for text in label.values()):
        raise ContentProblem(_("Write short labels in the languages of the shop."), field="label")
    if to and not is_link(to):
        raise ContentProblem(
            _("“%(link)s” is no link. Write category:chairs, page:returns, /search or https://example.com.")
            % {"link": to[:80]},
            field="to",
        )
    if not label and (not to or to.startswith(("/", "http", "mailto", "tel", "#"))):
        raise ContentProblem(_("Give each link a label; only things of the shop bring their own name."), field="label")
    if level == 2 and (below or not to):
        raise ContentProblem(
            _("A menu has two levels, and on the second every entry leads somewhere."), field="entries"
        )
    if len(below) > MOST_BELOW:
        raise ContentProblem(_("Below one entry there is room for %(most)s.") % {"most": MOST_BELOW}, field="entries")
    inner = [_entry(each, place, level + 1) for each in below]
    return {"label": {code: label[code] for code in LANGUAGES if code in label}, "to": to, "entries": inner}
