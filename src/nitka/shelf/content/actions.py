"""What can be done with the shop's own words."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.locale import LANGUAGES
from nitka.people.contact import actions as contact
from nitka.shelf.content import checking, fillings, queries
from nitka.shelf.content.checking import ContentProblem
from nitka.shelf.content.facts import PageChanged, ShopChanged
from nitka.shelf.content.models import Page, ShopSettings


@transaction.atomic
def set_shop(**changes: Any) -> None:
    """Change what the shop is: any fields of `queries.Shop`. Raises ContentProblem, its `field` named in the detail.

    An empty name, an IBAN, BIC or VAT number with a wrong check digit, an unknown zone, country or language, a bad
    address of mail or a colour that is not written #rrggbb are refused.
    """
    if unknown := sorted(set(changes) - set(queries.Shop.__dataclass_fields__)):
        raise TypeError(f"A shop has no {unknown[0]}.")
    row = ShopSettings.objects.select_for_update().filter(id=1).first() or ShopSettings(name=queries.Shop().name)
    values = checking.checked(changes, row.country)
    for name, value in values.items():
        setattr(row, name, value)
    row.changed_at = clock.now()
    row.save()
    tell(ShopChanged(at=row.changed_at))
    _forget_now_and_later()
    _sign_mail(queries.shop_of(row))


def _sign_mail(shop: queries.Shop) -> None:
    """Mail is signed as the shop is called; who writes it stands below us and is told by a call."""
    contact.set_sender(
        shop_name=shop.name, address=shop.email, footer=" · ".join(shop.address_lines()),
        **({"accent": shop.accent} if shop.accent else {}),
    )  # fmt: skip


@transaction.atomic
def put_page(
    *,
    slug: str,
    kind: str,
    title: Mapping[str, str],
    body: Mapping[str, str],
    description: Mapping[str, str] | None = None,
    published: Sequence[str] | None = None,
    position: int = 0,
) -> UUID:
    """Make or change a page, found by its slug. Texts by language; `body` is markdown with `{{ shop.… }}` fillings.

    `published` names the languages that shoppers see (None: all that have a text). Raises ContentProblem for an
    unknown kind, language or filling, or a language published without title and text.
    """
    texts = {"title": dict(title), "body": dict(body), "description": dict(description or {})}
    ready = [each for each in LANGUAGES if texts["title"].get(each) and texts["body"].get(each)]
    shown = ready if published is None else [each for each in LANGUAGES if each in published]
    _refuse_bad_page(kind, texts, shown, ready)
    values = {**texts, "kind": kind, "published": shown, "position": position, "changed_at": clock.now()}
    row, _made = Page.objects.update_or_create(slug=slug, defaults=values)
    tell(PageChanged(page_id=row.id, slug=slug))
    _forget_now_and_later()
    return row.id


def _refuse_bad_page(kind: str, texts: Mapping[str, Mapping[str, str]], shown: list[str], ready: list[str]) -> None:
    if kind not in Page.Kind.values:
        raise ContentProblem(_("A page is a help page, a legal page or an article."), field="kind")
    if any(set(each) - set(LANGUAGES) for each in texts.values()):
        raise ContentProblem(_("Write the page in the languages of the shop."), field="title")
    if missing := [each for each in shown if each not in ready]:
        raise ContentProblem(
            _("The page has no title or no text in %(language)s yet.") % {"language": missing[0]}, field="published"
        )
    known = queries.fillings().keys()
    asked = {name for texts_of in texts.values() for text in texts_of.values() for name in fillings.names_in(text)}
    if unknown := sorted(asked - known):
        raise ContentProblem(
            _("Nothing is known that could stand for %(name)s.") % {"name": unknown[0]}, field="body", name=unknown[0]
        )


def _forget_now_and_later() -> None:
    # Now, so that this transaction sees its own change; later, since another thread may have asked in between.
    queries.forget()
    transaction.on_commit(queries.forget)
