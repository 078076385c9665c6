"""What the desk does when something was told."""

from nitka.care.desk import knowing, writing
from nitka.care.desk.causes import suggest_cause
from nitka.care.desk.models import Cause, Channel, Message
from nitka.ground.facts.contract import reacts_to
from nitka.ground.locale import pick
from nitka.sale.orders import queries as orders
from nitka.sale.returns import queries as returns
from nitka.sale.returns.facts import CaseOpened
from nitka.shelf.content import queries as content
from nitka.shelf.content.facts import FormSubmitted


@reacts_to(CaseOpened)
def talk_about_complaint(fact: CaseOpened) -> None:
    """A complaint is a conversation that waits for us, with what was written and shown; its mail is returns' own."""
    if fact.case_kind != "complaint":
        return
    case, order = returns.case(fact.case_id), orders.order(fact.order_id)
    if case is None or order is None:
        return
    writing.one_at_a_time(order.email)
    talk = writing.begin(
        customer_id=order.customer_id, evidence=knowing.address_evidence(order.email), email=order.email,
        name=order.name[:120], language=order.language, market=order.market, channel=Channel.FORM,
        subject=f"{case.kind_text} {case.code}", cause=Cause.RETURN, cause_by="rule", order_code=order.code, context={},
    )  # fmt: skip
    photos = [(number, returns.photo(each, case.id)) for number, each in enumerate(case.photos, 1)]
    writing.receive(
        talk, text=case.words, channel=Channel.FORM, sender=order.email, proof=Message.Proof.CLAIMED,
        kept=[(f"{case.code}-{number}.jpg", "image/jpeg", content) for number, content in photos if content],
        external_id=f"case:{case.id}", context={"about": f"order:{order.code}"},
    )  # fmt: skip


@reacts_to(FormSubmitted)
def talk_about_form(fact: FormSubmitted) -> None:
    """A form of the shop is a conversation that waits for us, where its merchant wants that and it names an address."""
    sheet = content.submission(fact.submission_id)
    if sheet is None or not sheet.talks or not sheet.email:
        return
    text = "\n".join(f"{label}: {value}" for _name, label, value in sheet.answers)
    place = f"page:{sheet.page}" if sheet.page else ""
    writing.one_at_a_time(sheet.email)
    talk = writing.begin(
        customer_id=sheet.customer_id, evidence=knowing.address_evidence(sheet.email), email=sheet.email,
        name=writing.plain(sheet.name)[:120], language=sheet.language, market=sheet.market, channel=Channel.FORM,
        subject=writing.plain(pick(sheet.form_title, sheet.language))[:120], cause=suggest_cause(text, about=place),
        cause_by="rule", order_code="", context={"form": sheet.form},
    )  # fmt: skip
    writing.receive(
        talk, text=text, channel=Channel.FORM, sender=sheet.email, proof=Message.Proof.CLAIMED, kept=[],
        external_id=f"sheet:{sheet.id}", context={"about": place},
    )  # fmt: skip
