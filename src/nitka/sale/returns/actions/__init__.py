"""Verbs of returns, exchanges, replacements and complaints. Every one is told who asks (`by`), and checks it."""

from nitka.sale.returns.actions.answer import answer_complaint, approve, refuse
from nitka.sale.returns.actions.call_off import cancel_case
from nitka.sale.returns.actions.come_back import grade, mark_received, mark_sent
from nitka.sale.returns.actions.pay_difference import ask_gateway, pay_difference, settle_difference
from nitka.sale.returns.actions.put_policy import drop_policy, put_policy
from nitka.sale.returns.actions.request import (
    complain,
    request_exchange,
    request_replacement,
    request_return,
    return_for_withdrawal,
)
from nitka.sale.returns.actions.settle import send_new_goods, settle
from nitka.sale.returns.parties import HOUSE, Party, customer, holder, staff
from nitka.sale.returns.problems import (
    KeptOutProblem,
    MeansProblem,
    NotConfirmedProblem,
    NotDeliveredProblem,
    NotYoursProblem,
    OnceOnlyProblem,
    OtherProductProblem,
    PhotoProblem,
    PolicyProblem,
    ReasonProblem,
    ReturnProblem,
    TooLateProblem,
    TooManyPiecesProblem,
    UnknownCaseProblem,
    UnknownLineProblem,
    WrongStateProblem,
)

__all__ = [
    "HOUSE", "KeptOutProblem", "MeansProblem", "NotConfirmedProblem", "NotDeliveredProblem", "NotYoursProblem",
    "OnceOnlyProblem", "OtherProductProblem", "Party", "PhotoProblem", "PolicyProblem", "ReasonProblem",
    "ReturnProblem", "TooLateProblem", "TooManyPiecesProblem", "UnknownCaseProblem", "UnknownLineProblem",
    "WrongStateProblem", "answer_complaint", "approve", "ask_gateway", "cancel_case", "complain", "customer",
    "drop_policy", "grade", "holder", "mark_received", "mark_sent", "pay_difference", "put_policy", "refuse",
    "request_exchange", "request_replacement", "request_return", "return_for_withdrawal", "send_new_goods", "settle",
    "settle_difference", "staff",
]  # fmt: skip
