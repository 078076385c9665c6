"""How pricing says no."""

from nitka.ground.problem import Problem


class PricingProblem(Problem):
    """A price, market or rate cannot be as asked."""

    code = "pricing_problem"


class UnknownMarket(PricingProblem):
    """There is no such market."""

    code = "unknown_market"
    status = 404


class CouponProblem(PricingProblem):
    """The code cannot be used."""

    code = "coupon_problem"


class PromotionProblem(CouponProblem):
    """A promotion cannot be as asked; `detail["field"]` says where."""

    code = "promotion_problem"


class VatNumberProblem(PricingProblem):
    """The VAT number cannot be right."""

    code = "vat_number"
    status = 422
