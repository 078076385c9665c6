"""How checkout says no."""

from nitka.ground.problem import Problem


class CartProblem(Problem):
    """The cart cannot be changed or ordered that way."""

    code = "cart_problem"


class NoCartProblem(CartProblem):
    """The token opens no cart."""

    code = "no_cart"
    status = 404


class EmptyCartProblem(CartProblem):
    code = "cart_empty"


class NotSoldProblem(CartProblem):
    """The variant is not (or no longer) sold in this market."""

    code = "not_sold"


class ForbiddenProblem(NotSoldProblem):
    """These goods may not be sent to that country."""

    code = "forbidden_there"


class SoldOutProblem(CartProblem):
    code = "sold_out"


class MissingProblem(CartProblem):
    """Something is needed before the order can be placed; `detail["missing"]` says what."""

    code = "checkout_incomplete"
    status = 422


class PriceChangedProblem(CartProblem):
    """The total is higher than what the shopper saw; `detail` has `seen_minor` and `total_minor`."""

    code = "price_changed"


class CountryProblem(CartProblem):
    """The market of the cart does not deliver to that country."""

    code = "country_not_served"
    status = 422


class CartChangedProblem(CartProblem):
    """The cart was changed in another window; the page is shown anew."""

    code = "cart_changed"
