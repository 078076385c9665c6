"""What can be done with stock."""

from nitka.shelf.inventory.actions.holding import extend_hold, fill, hold, hold_again, release
from nitka.shelf.inventory.actions.leaving import restock, take
from nitka.shelf.inventory.actions.stock import (
    adjust_stock,
    grade_stock,
    put_location,
    receive,
    set_stock,
    transfer,
)
from nitka.shelf.inventory.problems import AlreadyHeld, GoodsLeft, NothingHeld, OutOfStock, StockProblem

__all__ = [
    "AlreadyHeld", "GoodsLeft", "NothingHeld", "OutOfStock", "StockProblem", "adjust_stock", "extend_hold", "fill",
    "grade_stock", "hold", "hold_again", "put_location", "receive", "release", "restock", "set_stock", "take",
    "transfer",
]  # fmt: skip
