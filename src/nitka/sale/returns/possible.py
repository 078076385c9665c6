"""What can be asked for after the sale, and on what terms: said before the click, and enforced by the same rows."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.ground import clock, locale
from nitka.sale.orders.queries import LineView, OrderView
from nitka.sale.returns import words
from nitka.sale.returns.models import Case, CaseLine, Kind
from nitka.sale.returns.policies import Rule, all_rules, delivered_at, rules_by_line, window_end
from nitka.sale.returns.problems import (
    KeptOutProblem,
    NotDeliveredProblem,
    OnceOnlyProblem,
    ReturnProblem,
    TooLateProblem,
    TooManyPiecesProblem,
)
from nitka.sale.returns.reckoning import Gone, paid_for, share
from nitka.sale.returns.views import Possible, PossibleKind, PossibleLine
from nitka.shelf.content import queries as content

OVER = (Case.State.REFUSED, Case.State.CANCELLED)


def what_is_possible(order: OrderView, language: str) -> Possible:
    """Every kind, in its order."""
    by_line = rules_by_line(order, all_rules())
    gone, used = gone_of(order.id), _kinds_used(order.id)
    kinds = (
        _kind(order, kind, {line: rule for (of, line), rule in by_line.items() if of == kind}, gone, used, language)
        for kind in Kind.values
    )  # fmt: skip
    return Possible(order.id, tuple(kind for kind in kinds if kind))


def gone_of(order_id: UUID) -> dict[UUID, Gone]:
    """What of each line went back, or is about to: pieces, and what was paid for them."""
    rows = CaseLine.objects.filter(case__order_id=order_id, counts=True).order_by()
    summed = rows.values_list("line_id").annotate(pieces=Sum("pieces"), minor=Sum("paid_minor"))
    return {line: Gone(pieces, minor) for line, pieces, minor in summed}


def handed_over(order: OrderView) -> dict[UUID, int]:
    """Pieces of each line that left the house."""
    left = order.status in ("shipped", "delivered")
    return {line.id: line.shipped or (line.quantity - line.cancelled if left else 0) for line in order.lines}


def refusal(order: OrderView, kind: str, rule: Rule | None, *, used: bool) -> ReturnProblem | None:
    """Why this kind cannot be asked for, for the pieces that the rule is about."""
    if order.source:
        return KeptOutProblem(_("This order was brought from another system. What is left to do is done there."))
    if rule is None or not rule.allowed:
        return KeptOutProblem(_("This is kept out of it by the shop's policy."))
    came = delivered_at(order)
    if came is None or order.status != "delivered":
        return NotDeliveredProblem(_("This is possible once the order has been delivered."))
    until = window_end(rule, came)
    if until and clock.now() >= until:
        return TooLateProblem(
            ngettext("This was possible for %(n)d day after delivery.",
                     "This was possible for %(n)d days after delivery.", rule.window_days or 0)
            % {"n": rule.window_days}
        )  # fmt: skip
    if (rule.once_only and used) or (rule.once_for_all and (used or _any_used(order.id))):
        return OnceOnlyProblem(_("This is possible once an order, and was asked for already."))
    return None


def kind_used(order_id: UUID, kind: str) -> bool:
    """Whether a case of that kind stands."""
    return Case.objects.filter(order_id=order_id, kind=kind).exclude(state__in=OVER).exists()


def _any_used(order_id: UUID) -> bool:
    """Whether anything that brings goods back was asked for already."""
    rows = Case.objects.filter(order_id=order_id).exclude(kind=Kind.COMPLAINT).exclude(state__in=OVER)
    return rows.exists()


def _kinds_used(order_id: UUID) -> set[str]:
    return set(Case.objects.filter(order_id=order_id).exclude(state__in=OVER).values_list("kind", flat=True))


def _kind(
    order: OrderView, kind: str, rules: Mapping[UUID, Rule], gone: Mapping[UUID, Gone], used: set[str], language: str,
) -> PossibleKind | None:  # fmt: skip
    if not rules:
        return None
    troubles = {line.id: refusal(order, kind, rules.get(line.id), used=kind in used) for line in order.lines}
    lines = tuple(_line(order, kind, line, rules.get(line.id), gone, troubles[line.id]) for line in order.lines)
    open_lines = [line for line in lines if not line.why_not]
    chosen = [rules[line.line_id] for line in open_lines] or list(rules.values())
    trouble = None if open_lines else next((each for each in troubles.values() if each), None)
    if trouble is None and not open_lines:
        trouble = TooManyPiecesProblem(_("All pieces are on their way back already."))
    return PossibleKind(
        kind=kind, name=words.kind_text(kind), possible=bool(open_lines),
        why_not=trouble.message if trouble else "", code=trouble.code if trouble else "",
        until=max((line.until for line in open_lines if line.until), default=None), lines=lines,
        terms=terms(kind, chosen, order.currency, language, delivered_at(order)),
        reasons=tuple((each, words.reason_text(each)) for each in reasons(kind, chosen)),
        refund_to=tuple((each, words.refund_to_text(each)) for each in refund_to(chosen)),
        needs_photo=any(rule.needs_photo for rule in chosen), once_only=any(rule.once_only for rule in chosen),
    )  # fmt: skip


def _line(
    order: OrderView, kind: str, line: LineView, rule: Rule | None, gone: Mapping[UUID, Gone],
    trouble: ReturnProblem | None,
) -> PossibleLine:  # fmt: skip
    back = gone.get(line.id, Gone())
    # A complaint is about pieces, and takes none back.
    left = line.quantity if kind == Kind.COMPLAINT else max(0, handed_over(order)[line.id] - back.pieces)
    why = trouble.message if trouble else "" if left else _("All pieces are on their way back already.")
    until = window_end(rule, delivered_at(order)) if rule else None
    paid = share(line, left, back, order.tax_included) if left and kind != Kind.COMPLAINT else 0
    return PossibleLine(line.id, left, why, until, min(paid, paid_for(line, order.tax_included)))


def reasons(kind: str, rules: Iterable[Rule]) -> tuple[str, ...]:
    """The reasons that every policy of the case takes."""
    known = words.REASONS_OF[kind]
    for rule in rules:
        known = tuple(each for each in known if not rule.reasons or each in rule.reasons)
    return known


def refund_to(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Where every policy of the case lets the money go."""
    ways = [rule.refund_to for rule in rules]
    return tuple(each for each in ("original", "credit", "gift_card") if ways and all(each in way for way in ways))


def terms(
    kind: str, rules: Iterable[Rule], currency: str, language: str, came: datetime | None = None
) -> tuple[str, ...]:
    """The policy in sentences."""
    said: list[str] = []
    for rule in {rule.id or rule.name: rule for rule in rules}.values():
        said += [*_time(rule, language, came), *_money(kind, rule, currency, language), *_other(kind, rule)]
        if note := rule.note_in(language):
            said.append(note)
    return tuple(dict.fromkeys(said))


def _time(rule: Rule, language: str, came: datetime | None) -> list[str]:
    said = []
    if rule.window_days is not None:
        until = window_end(rule, came)
        text = ngettext("Within %(n)d day after delivery.", "Within %(n)d days after delivery.", rule.window_days)
        said.append(text % {"n": rule.window_days})
        if until:
            last = clock.local(until - timedelta(seconds=1), content.shop().zone).date()
            # Next year's Tuesday is not told from this one's without its year.
            far = (last - clock.now().date()).days > 180
            said[-1] = _("Until %(day)s.") % {
                "day": locale.format_date(last, language, "until_long" if far else "until")
            }
    if rule.once_only:
        said.append(_("Once an order: put all pieces into it that you mean."))
    return said


def _money(kind: str, rule: Rule, currency: str, language: str) -> list[str]:
    said = []
    if kind == Kind.RETURN and rule.restocking_percent:
        part = locale.format_percent(rule.restocking_percent, language)
        said.append(_("We keep %(part)s of the price for putting it back, unless the fault is ours.") % {"part": part})
    if kind == Kind.RETURN and currency in rule.refund_ceiling:
        most = locale.format_money(rule.refund_ceiling[currency], currency, language)
        said.append(_("At most %(amount)s goes back.") % {"amount": most})
    if rule.needs_goods and kind in (Kind.RETURN, Kind.EXCHANGE):
        fee = rule.label_fee.get(currency, 0) if rule.way_back == "shopper" else 0
        if rule.way_back == "shop":
            said.append(_("The way back costs you nothing: you get a label from us."))
        elif fee and kind == Kind.RETURN:
            amount = locale.format_money(fee, currency, language)
            said.append(_("The label for the way back costs %(amount)s, which we take off the refund, unless the "
                          "fault is ours.") % {"amount": amount})  # fmt: skip
        else:
            said.append(_("You pay for the way back, unless the fault is ours."))
    return said


def _other(kind: str, rule: Rule) -> list[str]:
    said = []
    if rule.needs_photo:
        said.append(_("We need a photo that shows what is wrong."))
    if kind == Kind.REPLACEMENT and not rule.needs_goods:
        said.append(_("You may keep the damaged piece."))
    if kind == Kind.EXCHANGE:
        said.append(_("We keep the new piece for you at once, and send it when the old one is here."))
    if kind == Kind.RETURN:
        said.append(_("The refund is set off within 14 days, usually as soon as the parcel was looked at."))
    return said
