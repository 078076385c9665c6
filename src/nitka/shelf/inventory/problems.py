"""How inventory says no."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nitka.ground.problem import Problem


class StockProblem(Problem):
    """Stock cannot be changed that way."""

    code = "stock_problem"


class OutOfStock(StockProblem):
    """Fewer pieces can be promised than were asked for."""

    code = "out_of_stock"

    def __init__(self, *, variant_id: UUID, available: int) -> None:
        message = (
            ngettext("Only %(n)d piece is left.", "Only %(n)d pieces are left.", available) % {"n": available}
            if available
            else _("This is sold out.")
        )
        super().__init__(message, variant_id=str(variant_id), available=available)
        self.variant_id, self.available = variant_id, available


class NothingHeld(StockProblem):
    """The reference has no goods in the state that the verb needs."""

    code = "nothing_held"


class GoodsLeft(StockProblem):
    """The goods have left already; they come back by `restock`."""

    code = "goods_left"


class AlreadyHeld(StockProblem):
    """The reference holds other goods than these."""

    code = "already_held"


class BuyingProblem(StockProblem):
    """It cannot be bought or received that way."""

    code = "buying_problem"


class AlertProblem(StockProblem):
    """Nobody can be told of this variant that way."""

    code = "stock_alert_problem"
