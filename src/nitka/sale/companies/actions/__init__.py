"""What can be done with what companies agreed with the shop: limits, approvals, terms, quotes, lists."""

from nitka.sale.companies.actions.approvals import (
    ask_for_approval,
    decide_approval,
    needs_approval,
    refuse_overspending,
    use_approval,
)
from nitka.sale.companies.actions.lists import drop_list, keep_list
from nitka.sale.companies.actions.quotes import (
    AskedLine,
    accept_quote,
    answer_quote,
    ask_for_quote,
    decline_quote,
    expire_quotes,
    use_quote,
)
from nitka.sale.companies.actions.terms import set_member_rule, set_terms, take_credit
from nitka.sale.companies.problems import (
    ApprovalNeededProblem,
    ApprovalProblem,
    CreditLimitProblem,
    ListProblem,
    NotYoursProblem,
    PurchaseNumberProblem,
    QuoteProblem,
    TermsProblem,
)

__all__ = [
    "ApprovalNeededProblem",
    "ApprovalProblem",
    "AskedLine",
    "CreditLimitProblem",
    "ListProblem",
    "NotYoursProblem",
    "PurchaseNumberProblem",
    "QuoteProblem",
    "TermsProblem",
    "accept_quote",
    "answer_quote",
    "ask_for_approval",
    "ask_for_quote",
    "decide_approval",
    "decline_quote",
    "drop_list",
    "expire_quotes",
    "keep_list",
    "needs_approval",
    "refuse_overspending",
    "set_member_rule",
    "set_terms",
    "take_credit",
    "use_approval",
    "use_quote",
]
