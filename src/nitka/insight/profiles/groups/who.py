"""Who somebody is: what they told, and what their orders and devices say where they told nothing."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from nitka.ground import locale
from nitka.insight.profiles import words
from nitka.insight.profiles.known import Known, moment
from nitka.insight.profiles.views import ProfileValue
from nitka.people.customers.queries import OccasionView


def channels() -> dict[str, str]:
    """Word of a channel → its name."""
    return {
        "email": _("E-mail"), "phone": _("Telephone"), "sms": _("SMS"), "whatsapp": "WhatsApp", "viber": "Viber",
        "telegram": "Telegram", "messenger": "Messenger", "instagram": "Instagram", "form": _("Contact form"),
        "chat": _("Chat"),
    }  # fmt: skip


def values(known: Known) -> Iterator[ProfileValue]:
    yield from _told(known)
    yield from _place(known)
    yield from _channels(known)


def _told(known: Known) -> Iterator[ProfileValue]:
    customer, since = known.customer, known.customer.created_at
    yield ProfileValue(
        name="language", label=_("Language"), value=customer.language,
        texts=(words.language_name(customer.language),), source=words.told(), at=known.told.get("language", since),
    )  # fmt: skip
    if customer.birthday:
        yield ProfileValue(
            name="birthday", label=_("Birthday"), value=customer.birthday.isoformat(),
            texts=(locale.format_date(customer.birthday, known.language, "medium"),), source=words.told(),
            at=known.told.get("birthday", since),
        )  # fmt: skip
    if known.occasions:
        yield ProfileValue(
            name="occasions", label=_("Days to remember"),
            value=[(each.kind, each.month, each.day, each.year) for each in known.occasions],
            texts=tuple(words.named(each.name or each.kind, _day(each, known)) for each in known.occasions),
            source=words.told(), at=known.told.get("occasions", since),
        )  # fmt: skip
    if customer.heard_from:
        yield ProfileValue(
            name="heard_from", label=_("Heard of us"), value=customer.heard_from, texts=(customer.heard_from,),
            source=words.told(), at=known.told.get("heard_from", since),
        )  # fmt: skip


def _day(occasion: OccasionView, known: Known) -> str:
    # Where no year was told it is not shown; a leap year can be written with any day.
    day = date(occasion.year or 2028, occasion.month, occasion.day)
    return locale.format_date(day, known.language, "medium" if occasion.year else "short")


def _place(known: Known) -> Iterator[ProfileValue]:
    customer, bought, done = known.customer, known.buying, known.behaviour
    market = known.customer.market or next((word for word, _e in words.most(bought.get("markets", {}), 1)), "")
    if market:
        yield ProfileValue(
            name="market", label=_("Market"), value=market, texts=(market.upper(),),
            source=words.told() if customer.market else words.from_orders(known.orders), at=customer.created_at,
        )  # fmt: skip
    for name, label, tally, say in (
        ("country", _("Country"), "countries", words.country), ("currency", _("Currency"), "money", words.currency),
    ):  # fmt: skip
        found = bought.get(tally, {})
        # Money counts its orders third; every other tally first.
        place = 2 if tally == "money" else 0
        best = max(found.items(), key=lambda row: (row[1][place], row[1][-1]), default=None)
        if best and best[1][place]:
            yield ProfileValue(
                name=name, label=label, value=best[0], texts=(say(best[0], known.language),),
                source=words.from_orders(best[1][place]), at=moment(best[1][-1][0]),
            )  # fmt: skip
    if zones := done.get("zones"):
        word, entry = max(zones.items(), key=lambda row: row[1][-1])
        yield ProfileValue(
            name="zone", label=_("Time zone"), value=word, texts=(word.replace("_", " "),),
            source=_("from the device they used last"), at=moment(entry[-1][0]),
        )  # fmt: skip


def _channels(known: Known) -> Iterator[ProfileValue]:
    names, wish = channels(), known.customer.preferred_channel
    if wish:
        yield ProfileValue(
            name="preferred_channel", label=_("Wants to be reached by"), value=wish, texts=(names.get(wish, wish),),
            source=words.told(), at=known.told.get("preferred_channel", known.customer.created_at),
        )  # fmt: skip
    if known.answers:
        most = sorted(known.answers.items(), key=lambda row: (-row[1][0], row[0]))
        yield ProfileValue(
            name="answers_by", label=_("Writes to us by"), value=[(word, count) for word, (count, _at) in most],
            texts=tuple(words.named(names.get(word, word), words.times(count)) for word, (count, _at) in most),
            source=words.from_messages(sum(count for count, _at in known.answers.values())),
            at=max(at for _count, at in known.answers.values()),
        )  # fmt: skip
