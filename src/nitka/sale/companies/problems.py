"""How companies says no."""

from nitka.ground.problem import Problem


class TermsProblem(Problem):
    """The terms do not make sense as they were written."""

    code = "terms_invalid"
    status = 422


class NotYoursProblem(Problem):
    """Who asks does not act for that company, or not as what it takes."""

    code = "not_for_this_company"
    status = 403


class CreditLimitProblem(Problem):
    """The company would owe more than was agreed; `left_minor` says how much is left."""

    code = "credit_limit"


class ApprovalNeededProblem(Problem):
    """Somebody else of the company must agree first."""

    code = "approval_needed"
    status = 403


class ApprovalProblem(Problem):
    """There is nothing to approve, or not by this person."""

    code = "approval_invalid"


class PurchaseNumberProblem(Problem):
    """The company wants a number of its own on every order."""

    code = "po_number_missing"
    status = 422


class QuoteProblem(Problem):
    """The quote is not there, not in that state, or not valid any more."""

    code = "quote_invalid"


class ListProblem(Problem):
    """The list is not there, has no name or no lines."""

    code = "list_invalid"
