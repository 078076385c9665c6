"""What the desk does when something was told."""

from nitka.care.desk import knowing, writing
from nitka.care.desk.models import Cause, Channel, Message
from nitka.ground.facts.contract import reacts_to
from nitka.sale.orders import queries as orders
from nitka.sale.returns import queries as returns
from nitka.sale.returns.facts import CaseOpened


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
