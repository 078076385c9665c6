"""Opening a case: all that is asked, checked under the order's lock, and written down with its terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.ids import new_code
from nitka.sale.orders import actions as order_actions
from nitka.sale.orders import queries as orders
from nitka.sale.orders.queries import LineView, OrderView
from nitka.sale.returns import goods, labels, photos, possible, refunding, steps
from nitka.sale.returns.facts import CaseOpened
from nitka.sale.returns.models import Case, CaseLine, Kind
from nitka.sale.returns.parties import Party, refuse_strangers, refuse_unconfirmed
from nitka.sale.returns.policies import Rule, all_rules, delivered_at, rules_by_line
from nitka.sale.returns.problems import (
    KeptOutProblem,
    MeansProblem,
    OnceOnlyProblem,
    PhotoProblem,
    ReasonProblem,
    ReturnProblem,
    TooManyPiecesProblem,
    UnknownCaseProblem,
    UnknownLineProblem,
)
from nitka.sale.returns.reckoning import Gone, reckon
from nitka.sale.returns.views import Reckoning, Wanted
from nitka.sale.returns.words import FAULTS

PAY_WITHIN = timedelta(days=2)
SEND_WITHIN = timedelta(days=14)
MOST_WORDS = 4000


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What somebody asks for. `legal`: the id of a withdrawal, which no policy binds."""

    kind: str
    order_id: UUID
    lines: Sequence[Wanted]
    by: Party
    refund_to: str = "original"
    mean: str = ""
    pledged: bool = False
    words: str = ""
    photos: Sequence[bytes] = ()
    confirmed: bool = False
    key: str = ""
    legal: UUID | None = None


@dataclass(frozen=True)
class Plan:
    """What an ask comes to: the terms that hold and the money."""

    order: OrderView
    wanted: tuple[Wanted, ...]
    rules: Mapping[UUID, Rule]
    gone: Mapping[UUID, Gone]
    sums: Reckoning
    texts: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def used(self) -> list[Rule]:
        """The policies of the pieces; of all pieces, where the whole order is meant."""
        if not self.wanted:
            return list(self.rules.values())
        return [self.rules[each.line_id] for each in self.wanted if each.line_id in self.rules]


def plan(ask: Ask, order: OrderView) -> Plan:
    """Check the ask against the policies and reckon its money; writes nothing. Raises what refuses it."""
    rules = {line: rule for (kind, line), rule in rules_by_line(order, all_rules()).items() if kind == ask.kind}
    gone = possible.gone_of(order.id)
    wanted = _joined(ask.lines, order)
    if ask.legal is None:
        _refuse(ask, order, wanted, rules, gone)
    texts = goods.texts_of_new(order, wanted) if ask.kind == Kind.EXCHANGE else {}
    sums = reckon(order, ask.kind, wanted, rules, gone, legal=ask.legal is not None)
    return Plan(order, wanted, rules, gone, sums, texts)


@transaction.atomic
def open_case(ask: Ask) -> UUID:
    """Open a case and, where the policy says so, approve it at once. The same key gives the same case."""
    refuse_strangers(ask.by, _order(ask.order_id))
    pictures = photos.drawn(ask.photos)
    order_actions.lock_order(order_id=ask.order_id)
    if ask.key and (known := Case.objects.filter(key=ask.key, order_id=ask.order_id).first()):
        return known.id
    planned = plan(ask, _order(ask.order_id))
    if any(rule.needs_photo for rule in planned.used) and not pictures and ask.legal is None:
        raise PhotoProblem(_("Add a photo that shows what is wrong."))
    refuse_unconfirmed(ask.by, ask.confirmed, reckoning=planned.sums)
    case = _insert(ask, planned)
    _write_lines(case, planned)
    if ask.kind != Kind.COMPLAINT:
        steps.claim({each.line_id: each.pieces for each in planned.wanted}, possible.handed_over(planned.order))
    goods.hold_new(case)
    photos.keep(case.id, pictures)
    _announce(case, ask, planned)
    return case.id


def _order(order_id: UUID) -> OrderView:
    found = orders.order(order_id)
    if found is None or found.status in ("awaiting", "failed"):
        raise UnknownCaseProblem(_("There is no such order."))
    return found


def _joined(lines: Sequence[Wanted], order: OrderView) -> tuple[Wanted, ...]:
    known = {line.id for line in order.lines}
    if any(each.line_id not in known for each in lines):
        raise UnknownLineProblem(_("Choose from what you bought."))
    if len({each.line_id for each in lines}) != len(lines):
        raise UnknownLineProblem(_("Name each line once, with all its pieces."))
    if any(each.pieces < 1 for each in lines):
        raise TooManyPiecesProblem(_("Choose at least one piece."))
    return tuple(sorted(lines, key=lambda each: str(each.line_id)))


def _refuse(
    ask: Ask, order: OrderView, wanted: Sequence[Wanted], rules: Mapping[UUID, Rule], gone: Mapping[UUID, Gone]
) -> None:
    if not wanted and ask.kind != Kind.COMPLAINT:
        raise UnknownLineProblem(_("Choose at least one piece."))
    if not rules:
        raise KeptOutProblem(_("This is kept out of it by the shop's policy."))
    used, lines = possible.kind_used(order.id, ask.kind), {line.id: line for line in order.lines}
    asked = [lines[each.line_id] for each in wanted] or list(order.lines)[:1]
    for line in asked:
        if trouble := possible.refusal(order, ask.kind, rules.get(line.id), used=used):
            raise trouble
    left = possible.handed_over(order)
    for each in wanted:
        most = lines[each.line_id].quantity
        if ask.kind != Kind.COMPLAINT:
            most = left[each.line_id] - gone.get(each.line_id, Gone()).pieces
        if each.pieces > most:
            raise TooManyPiecesProblem(_("More pieces than you have. Some may be on their way back already."))
    _refuse_reasons(ask, wanted, [rules[line.id] for line in asked])
    _refuse_words(ask)
    ways = possible.refund_to([rules[each.id] for each in asked])
    if ask.kind == Kind.RETURN and ask.refund_to.split(":")[0] not in ways:
        raise MeansProblem(_("The money cannot go there. Choose another way."))
    refunding.refuse_ways(order, ask.refund_to)
    if ask.kind == Kind.EXCHANGE:
        goods.refuse_other_products(order, wanted, alike={line for line, rule in rules.items() if rule.alike})


def _refuse_reasons(ask: Ask, wanted: Sequence[Wanted], used: Sequence[Rule]) -> None:
    known = possible.reasons(ask.kind, used)
    for each in wanted:
        # Nobody has to say why they send something back; what is wrong with a piece has to be said.
        silent = not each.reason and ask.kind in (Kind.RETURN, Kind.EXCHANGE)
        if not silent and each.reason not in known:
            raise ReasonProblem(_("Choose a reason for each piece."), reasons=list(known))


def _refuse_words(ask: Ask) -> None:
    if len(ask.words) > MOST_WORDS:
        raise ReasonProblem(_("Please say it in at most %(number)d letters.") % {"number": MOST_WORDS})
    if ask.kind == Kind.COMPLAINT and len(ask.words.strip()) < 3:
        raise ReasonProblem(_("Please write what is wrong."))


def _insert(ask: Ask, planned: Plan) -> Case:
    for _attempt in range(5):
        case = _row(ask, planned)
        try:
            with transaction.atomic():
                case.save(force_insert=True)
            return case
        except IntegrityError as clash:
            name = getattr(getattr(clash.__cause__, "diag", None), "constraint_name", "") or ""
            if name in ("once_an_order", "one_case_of_all"):
                raise OnceOnlyProblem(_("This is possible once an order, and was asked for already.")) from clash
            if "code" not in name:
                raise
    raise ReturnProblem(_("No code was free. Try again."))


def _row(ask: Ask, planned: Plan) -> Case:
    order, sums, used = planned.order, planned.sums, planned.used
    return Case(
        code=new_code("RT"), kind=ask.kind, order_id=order.id, order_code=order.code, customer_id=order.customer_id,
        key=ask.key or None, withdrawal_id=ask.legal, words=ask.words.strip()[:MOST_WORDS],
        once=ask.legal is None and any(rule.once_only for rule in used), pledged=ask.pledged,
        sole=ask.legal is None and any(rule.once_for_all for rule in used), terms=_terms(ask, planned),
        currency=order.currency, goods_minor=sums.goods_minor, restocking_minor=sums.restocking_minor,
        label_minor=sums.label_minor, delivery_minor=sums.delivery_minor, refund_minor=sums.refund_minor,
        ceiling_minor=sums.ceiling_minor, difference_minor=sums.difference_minor, refund_to=ask.refund_to[:80],
        mean=ask.mean[:120], needs_goods=ask.legal is not None or any(rule.needs_goods for rule in used),
        hold_until=clock.now() + PAY_WITHIN if sums.to_pay_minor else None,
    )  # fmt: skip


def _terms(ask: Ask, planned: Plan) -> dict[str, Any]:
    """In the order's language, in which its mails are written too."""
    with translation.override(planned.order.language):
        return _said(ask, planned)


def _said(ask: Ask, planned: Plan) -> dict[str, Any]:
    order, used = planned.order, planned.used
    theirs = any(rule.way_back == "shopper" for rule in used)
    if ask.legal is not None:
        law = _("You withdrew from the contract by law: nothing is taken off what you paid for the goods.")
        return {"said": [law], "auto": True, "way_back": "shopper" if theirs else "shop"}
    said = possible.terms(ask.kind, used, order.currency, order.language, delivered_at(order))
    return {
        "said": list(said), "auto": bool(used) and all(rule.auto_approve for rule in used),
        "way_back": "shopper" if theirs and not _at_fault(planned) else "shop",
        "policies": sorted({str(rule.id or rule.name) for rule in used}),
    }  # fmt: skip


def _at_fault(planned: Plan) -> bool:
    return bool(planned.wanted) and all(each.reason in FAULTS for each in planned.wanted)


def _write_lines(case: Case, planned: Plan) -> None:
    lines: dict[UUID, LineView] = {line.id: line for line in planned.order.lines}
    sums = {each.line_id: each for each in planned.sums.lines}
    CaseLine.objects.bulk_create(
        CaseLine(
            case=case, line_id=each.line_id, variant_id=lines[each.line_id].variant_id, pieces=each.pieces,
            reason="withdrawn" if case.withdrawal_id else each.reason, paid_minor=sums[each.line_id].paid_minor,
            restocking_minor=sums[each.line_id].restocking_minor, new_minor=sums[each.line_id].new_minor,
            new_variant_id=lines[each.line_id].variant_id if case.kind == Kind.REPLACEMENT else each.new_variant_id,
            new_text=planned.texts.get(each.line_id, ""), counts=case.kind != Kind.COMPLAINT,
        )
        for each in planned.wanted
    )  # fmt: skip


def _announce(case: Case, ask: Ask, planned: Plan) -> None:
    steps.note(case, "requested", actor=ask.by.actor)
    if case.terms.get("auto") and not planned.sums.to_pay_minor and case.kind != Kind.COMPLAINT:
        approve(case, told=False)
    tell(
        CaseOpened(
            order_id=case.order_id, case_id=case.id, code=case.code, order_code=case.order_code,
            customer_id=case.customer_id, case_kind=case.kind, pieces=sum(each.pieces for each in planned.wanted),
            currency=case.currency, refund_minor=case.refund_minor, legal=case.withdrawal_id is not None,
        )
    )  # fmt: skip


def approve(case: Case, *, actor: str = "", told: bool = True) -> None:
    """Say yes: the pieces are waited for, and their label is asked for."""
    before = clock.now() + SEND_WITHIN if case.needs_goods else None
    steps.move(
        case, "approved", actor=actor, told=told, state=steps.State.APPROVED, send_before=before, hold_until=None
    )
    labels.announce(case)
