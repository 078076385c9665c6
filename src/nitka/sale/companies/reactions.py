"""What companies do when something was told."""

from nitka.ground.facts.contract import reacts_to
from nitka.sale.companies import mails
from nitka.sale.companies.facts import ApprovalAsked, ApprovalDecided, QuoteAsked, QuoteMoved


@reacts_to(ApprovalAsked)
def write_to_approvers(fact: ApprovalAsked) -> None:
    mails.approval_asked(fact.approval_id)


@reacts_to(ApprovalDecided)
def write_of_decision(fact: ApprovalDecided) -> None:
    mails.approval_decided(fact.approval_id)


@reacts_to(QuoteAsked)
def write_to_shop(fact: QuoteAsked) -> None:
    mails.quote_for_merchant(fact.quote_id)


@reacts_to(QuoteMoved)
def write_of_quote(fact: QuoteMoved) -> None:
    """What they did themselves needs no mail."""
    if fact.step in ("answered", "declined", "expired"):
        mails.quote_moved(fact.quote_id, fact.step)
