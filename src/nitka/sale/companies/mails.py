"""The mails of companies, each in its reader's language."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.people.contact import actions as contact
from nitka.people.customers import queries as customers
from nitka.people.customers.queries import CustomerView
from nitka.sale.companies import members, queries
from nitka.sale.companies.actions.approvals import may_decide
from nitka.sale.companies.queries import ApprovalView, QuoteView
from nitka.shelf.content import queries as content

Words = Callable[[str], dict[str, Any]]


def approval_asked(approval_id: UUID) -> None:
    """To all who may say yes to it."""
    found = queries.approval(approval_id)
    asker = customers.customer(found.customer_id) if found else None
    if found is None or asker is None or found.state != "asked":
        return
    for each in members.people(found.company_id):
        if not may_decide(each, found.customer_id, found.total_minor, found.currency):
            continue
        _send(customers.customer(each.customer_id), lambda language: _asked(found, asker, language))


def _asked(found: ApprovalView, asker: CustomerView, language: str) -> dict[str, Any]:
    total = locale.format_money(found.total_minor, found.currency, language)
    return {
        "title": _("Please approve an order of %(sum)s") % {"sum": total},
        "text": _("%(name)s wants to order this for your company.") % {"name": asker.name or asker.email},
        "items": [_item(each["pieces"], each["title"], each.get("option_text", "")) for each in found.lines],
        "said_by": _("In their words"), "words": found.words,
        "button": _("Look at it"), "link": f"/{language}/account/company/approvals/{found.id}",
    }  # fmt: skip


def approval_decided(approval_id: UUID) -> None:
    """To who asked."""
    found = queries.approval(approval_id)
    if found is None or found.state not in ("approved", "refused", "used"):
        return
    _send(customers.customer(found.customer_id), lambda language: _decided(found, language))


def _decided(found: ApprovalView, language: str) -> dict[str, Any]:
    total = {"sum": locale.format_money(found.total_minor, found.currency, language)}
    refused = found.state == "refused"
    return {
        "title": _("Your order of %(sum)s was not approved") % total
        if refused
        else _("Your order of %(sum)s is approved") % total,
        "text": _("Your cart is still there; change it or ask again.")
        if refused
        else _("You can order it now, as it stands in your cart."),
        "items": [], "said_by": _("Note"), "words": found.answer,
        "button": _("To the cart"), "link": f"/{language}/cart",
    }  # fmt: skip


def quote_for_merchant(quote_id: UUID) -> None:
    """To the shop: somebody waits for a price."""
    found, shop = queries.quote(quote_id), content.shop()
    if found is None or not shop.email:
        return
    language = shop.languages[0] if shop.languages else "en"
    company = customers.company(found.company_id)
    with translation.override(language):
        context = {
            "title": _("%(name)s asks for a price, %(code)s") % {
                "name": company.name if company else "", "code": found.code
            },
            "text": _("Answer it in the back office."),
            "items": _items(found), "said_by": _("In their words"), "words": found.words,
            "button": _("Open it"), "link": f"/back/quotes/{found.code}/",
        }  # fmt: skip
        asker = customers.customer(found.customer_id)
        contact.send_mail(
            to=shop.email, language=language, template="companies/mail/word", context=context, purpose="merchant",
            reply_to=asker.email if asker else "",
        )  # fmt: skip


def quote_moved(quote_id: UUID, step: str) -> None:
    """To who asked: the price is here, or there will be none, or its days are over."""
    found = queries.quote(quote_id)
    if found is not None and found.state == step:
        _send(customers.customer(found.customer_id), lambda language: _moved(found, language))


def _moved(found: QuoteView, language: str) -> dict[str, Any]:
    code = {"code": found.code}
    title, text = {
        # A quote that was declined unanswered holds until no day.
        "answered": (_("Your price for %(code)s") % code, _until(found, language) if found.valid_until else ""),
        "declined": (_("Quote %(code)s is closed") % code, _("No price was agreed.")),
        "expired": (_("Quote %(code)s has expired") % code, _("Ask again, and we answer with a new price.")),
    }[found.state]
    return {
        "title": title, "text": text, "items": _items(found) if found.state == "answered" else [],
        "said_by": _("We answer:"), "words": "" if found.state == "expired" else found.answer,
        "button": _("See the quote"), "link": f"/{language}/account/company/quotes/{found.code}",
    }  # fmt: skip


def _until(found: QuoteView, language: str) -> str:
    assert found.valid_until
    words = _("All of it for %(sum)s. The price holds until %(day)s.")
    total = locale.format_money(found.answered_minor or 0, found.currency, language)
    return words % {"sum": total, "day": locale.format_date(found.valid_until, language, "until")}


def _items(found: QuoteView) -> list[str]:
    return [_item(line.pieces, line.title, line.option_text) for line in found.lines]


def _item(pieces: int, title: str, option_text: str) -> str:
    return f"{pieces} × {title}, {option_text}" if option_text else f"{pieces} × {title}"


def _send(to: CustomerView | None, words: Words) -> None:
    if to is None or not to.email:
        return
    language = to.language or "en"
    with translation.override(language):
        contact.send_mail(
            to=to.email, language=language, template="companies/mail/word", context=words(language),
            customer_id=to.id, reply_to=content.shop().email,
        )  # fmt: skip
