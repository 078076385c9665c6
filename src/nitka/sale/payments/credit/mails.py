"""The mails of gift cards, in the reader's language."""

from datetime import datetime

from django.utils import translation

from nitka.ground import locale
from nitka.people.contact import actions as contact
from nitka.shelf.content import queries as content


def gift_card(
    *, to: str, language: str, code: str, minor: int, currency: str, words: str = "", expires_at: datetime | None = None
) -> None:
    """To who is given the card: its code, what it is worth, and how to use it."""
    shop = content.shop()
    with translation.override(language):
        context = {
            "code": code, "amount": locale.format_money(minor, currency, language), "words": words, "shop": shop,
            "until": locale.format_date(expires_at.date(), language, "until_long") if expires_at else "",
        }  # fmt: skip
        contact.send_mail(
            to=to, language=language, template="payments/mail/gift_card", context=context, reply_to=shop.email
        )
