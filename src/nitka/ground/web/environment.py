"""The Jinja2 environment of all pages, mails and papers."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import nh3
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context
from markdown_it import MarkdownIt
from markupsafe import Markup

from nitka.ground import locale
from nitka.ground.web import assets

_markdown = MarkdownIt("commonmark", {"typographer": True}).enable(["table", "strikethrough"])


@lru_cache(maxsize=512)
def static_url(path: str) -> str:
    """The address of a static file with its hash; remembered, since the manifest never changes while we run."""
    return static(path)


def clean_html(html: str) -> str:
    """HTML from merchants or files, with scripts, styles and handlers taken out."""
    return nh3.clean(html, url_schemes={"http", "https", "mailto", "tel"}, attributes=_ALLOWED, link_rel="noopener")


_ALLOWED = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items() if tag not in {"col", "colgroup"}}


def markdown(text: str) -> Markup:
    """Markdown as safe HTML."""
    return Markup(clean_html(_markdown.render(text)))  # noqa: S704


def url(name: str, **parts: Any) -> str:
    return reverse(name, kwargs=parts or None)


def _language(context: Context) -> str:
    return context.get("language") or translation.get_language() or locale.FALLBACK


@pass_context
def _money(context: Context, minor: int, currency: str, *, exact: bool = False) -> str:
    return locale.format_money(minor, currency, _language(context), exact=exact)


@pass_context
def _date(context: Context, day: date, style: locale.DateStyle = "day") -> str:
    return locale.format_date(day, _language(context), style)


@pass_context
def _moment(context: Context, moment: datetime, zone: str = "UTC") -> str:
    return locale.format_moment(moment, _language(context), zone)


@pass_context
def _number(context: Context, number: int | float | Decimal) -> str:
    return locale.format_number(number, _language(context))


@pass_context
def _percent(context: Context, rate: Decimal) -> str:
    return locale.format_percent(rate, _language(context))


@pass_context
def _length(context: Context, millimetres: int) -> str:
    return locale.length(millimetres, context.get("units") or "metric", _language(context))


@pass_context
def _weight(context: Context, grams: int) -> str:
    return locale.weight(grams, context.get("units") or "metric", _language(context))


@lru_cache(maxsize=8192)
def _translated(text: str, language: str) -> str:
    with translation.override(language):
        return translation.gettext(text)


@pass_context
def _gettext(context: Context, text: str) -> str:
    """A text of a template; remembered, since a page says thirty of them and no catalogue changes while we run."""
    return _translated(text, _language(context))


def environment(**options: Any) -> Environment:
    """Made once by Django's template backend, which hands in the loader."""
    options.setdefault("undefined", StrictUndefined)
    options["auto_reload"] = settings.DEBUG
    options["trim_blocks"] = options["lstrip_blocks"] = True
    # Mails and papers have text templates beside HTML ones.
    options["autoescape"] = lambda name: name is None or not name.endswith(".txt")
    made = Environment(  # noqa: S701
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"], **options
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext, translation.ngettext, newstyle=False, pgettext=translation.pgettext
    )
    made.globals |= {
        # Without the extension's own alias, which looks `gettext` up again at every text.
        "_": _gettext,
        "static": static_url,
        "url": url,
        "languages": locale.LANGUAGE_NAMES,
        "settings": settings,
        "text_fonts": assets.text_fonts,
    }
    made.filters |= {
        "money": _money, "date": _date, "moment": _moment, "number": _number, "percent": _percent,
        "measure": _length, "weight": _weight, "markdown": markdown, "clean_html": clean_html,
    }  # fmt: skip
    made.policies["ext.i18n.trimmed"] = True
    return made
