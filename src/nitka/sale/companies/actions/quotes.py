"""Quotes: a company asks for a price, the shop answers, the company accepts, and the days run out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.sale.companies.facts import QuoteAsked, QuoteMoved
from nitka.sale.companies.members import Member
from nitka.sale.companies.models import Quote, QuoteLine
from nitka.sale.companies.problems import NotYoursProblem, QuoteProblem
from nitka.sale.orders import queries as orders
from nitka.shelf.content import queries as content

State = Quote.State
MOST_LINES = 200
MOST_MINOR = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """What is asked for: so many pieces, at their price for this buyer, and the price that was wished for."""

    variant_id: UUID
    sku: str
    title: str
    option_text: str
    pieces: int
    list_minor: int
    asked_minor: int | None = None


@transaction.atomic
def ask_for_quote(
    *, member: Member, market: str, language: str, currency: str, lines: Sequence[AskedLine], words: str = ""
) -> str:
    """Ask the shop for a price. Returns the code of the quote. Raises NotYoursProblem, QuoteProblem."""
    if not member.may_buy:
        raise NotYoursProblem(_("You do not buy for this company."))
    if not lines or len(lines) > MOST_LINES:
        raise QuoteProblem(_("Ask for at least one product, and for 200 at most."))
    row = Quote.objects.create(
        company_id=member.company_id, customer_id=member.customer_id, market=market, language=language,
        currency=currency, words=words.strip()[:2000],
    )  # fmt: skip
    QuoteLine.objects.bulk_create(
        QuoteLine(
            quote=row, position=place, variant_id=each.variant_id, sku=each.sku[:120], title=each.title[:300],
            option_text=each.option_text[:300], pieces=each.pieces, list_minor=each.list_minor,
            asked_minor=_wish(each.asked_minor),
        )
        for place, each in enumerate(lines, start=1)
    )  # fmt: skip
    tell(
        QuoteAsked(
            quote_id=row.id, code=row.code, company_id=row.company_id, customer_id=row.customer_id,
            pieces=sum(each.pieces for each in lines), currency=currency,
            list_minor=sum(each.pieces * each.list_minor for each in lines),
        )
    )  # fmt: skip
    return row.code


def _wish(minor: int | None) -> int | None:
    return minor if minor is not None and 0 < minor < MOST_MINOR else None


@transaction.atomic
def answer_quote(
    *, quote_id: UUID, prices: Mapping[UUID, int], valid_until: date, answer: str = "", actor: str = ""
) -> None:
    """Offer a price for each line (by its id, for a piece, in the market's way of tax) until a day.

    An answer may be changed until it is accepted. Raises QuoteProblem.
    """
    row = _locked(quote_id)
    if row.state not in (State.ASKED, State.ANSWERED, State.EXPIRED):
        raise QuoteProblem(_("This quote was accepted or declined already."))
    if valid_until < _today():
        raise QuoteProblem(_("Choose a day that is still to come."), field="valid_until")
    lines = list(QuoteLine.objects.filter(quote=row))
    for line in lines:
        price = prices.get(line.id)
        if price is None or not 0 <= price < MOST_MINOR:
            raise QuoteProblem(_("Enter a price for every line."), field=str(line.id))
        line.answered_minor = price
    QuoteLine.objects.bulk_update(lines, ["answered_minor"])
    row.state, row.valid_until, row.answer = State.ANSWERED, valid_until, answer.strip()[:2000]
    row.answered_at, row.answered_by = clock.now(), actor
    row.save()
    _tell_moved(row)


@transaction.atomic
def decline_quote(*, quote_id: UUID, answer: str = "", actor: str = "", member: Member | None = None) -> None:
    """No: by the company (`member`), or by the shop. Raises QuoteProblem, NotYoursProblem."""
    row = _locked(quote_id)
    _refuse_stranger(row, member)
    if row.state == State.DECLINED:
        return
    if row.state not in (State.ASKED, State.ANSWERED):
        raise QuoteProblem(_("This quote is closed already."))
    row.state = State.DECLINED
    if member is None:
        row.answer, row.answered_at, row.answered_by = answer.strip()[:2000], clock.now(), actor
    row.save()
    _tell_moved(row)


def accept_quote(*, quote_id: UUID, member: Member, cart_id: UUID) -> None:
    """The company takes the prices, which hold in this cart until their last day. In the caller's transaction, under
    the lock of the cart. Raises QuoteProblem, NotYoursProblem."""
    row = _locked(quote_id)
    _refuse_stranger(row, member)
    if not member.may_buy:
        raise NotYoursProblem(_("You do not buy for this company."))
    _refuse_over(row)
    fresh = row.state == State.ANSWERED
    if not fresh and row.state != State.ACCEPTED:
        raise QuoteProblem(_("There are no prices to accept here."))
    row.state, row.cart_id = State.ACCEPTED, cart_id
    row.save()
    if fresh:
        _tell_moved(row)


def use_quote(*, quote_id: UUID, cart_id: UUID, order_id: UUID) -> None:
    """The cart was ordered at its prices: a quote is one order. In the caller's transaction, under the lock of the
    cart. Raises QuoteProblem."""
    row = _locked(quote_id)
    _refuse_over(row)
    again = row.state == State.ORDERED and row.order_id is not None and orders.was_given_up(row.order_id)
    if row.cart_id != cart_id or not (row.state == State.ACCEPTED or again):
        raise QuoteProblem(_("The prices of this quote were used already."))
    row.state, row.order_id = State.ORDERED, order_id
    row.save()
    _tell_moved(row)


def expire_quotes() -> int:
    """Close what nobody accepted or ordered in its days. Returns how many."""
    ids = Quote.objects.filter(state__in=[State.ANSWERED, State.ACCEPTED], valid_until__lt=_today())
    done = 0
    for quote_id in list(ids.order_by("valid_until").values_list("id", flat=True)[:500]):
        done += _expire(quote_id)
    return done


@transaction.atomic
def _expire(quote_id: UUID) -> int:
    row = _locked(quote_id)
    if row.state not in (State.ANSWERED, State.ACCEPTED) or row.valid_until is None or row.valid_until >= _today():
        return 0
    row.state = State.EXPIRED
    row.save()
    _tell_moved(row)
    return 1


def _locked(quote_id: UUID) -> Quote:
    row = Quote.objects.select_for_update().filter(id=quote_id).first()
    if row is None:
        raise QuoteProblem(_("There is no such quote."))
    return row


def _refuse_stranger(row: Quote, member: Member | None) -> None:
    if member is not None and member.company_id != row.company_id:
        raise NotYoursProblem(_("This quote is another company's."))


def _refuse_over(row: Quote) -> None:
    if row.valid_until is not None and row.valid_until < _today():
        raise QuoteProblem(_("This quote is not valid any more. Ask for a new price."))


def _today() -> date:
    return clock.local(clock.now(), content.shop().zone).date()


def _tell_moved(row: Quote) -> None:
    lines = QuoteLine.objects.filter(quote=row).values_list("pieces", "answered_minor", "list_minor")
    tell(
        QuoteMoved(
            quote_id=row.id, code=row.code, company_id=row.company_id, customer_id=row.customer_id, step=row.state,
            minor=sum(pieces * (price if price is not None else full) for pieces, price, full in lines),
            currency=row.currency,
            valid_until=row.valid_until.isoformat() if row.valid_until else "",
        )
    )  # fmt: skip
