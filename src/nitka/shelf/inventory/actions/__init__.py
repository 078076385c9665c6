"""What can be done with stock."""

from nitka.shelf.inventory.actions.alerts import ask_for_alert, leave_alert, send_alerts
from nitka.shelf.inventory.actions.buying import (
    cancel_purchase,
    change_purchase,
    draft_purchase,
    put_supplier,
    put_supplier_item,
    send_purchase,
)
from nitka.shelf.inventory.actions.holding import extend_hold, fill, hold, hold_again, hold_first, release
from nitka.shelf.inventory.actions.inbound import announce_inbound, change_inbound, close_inbound, receive_inbound
from nitka.shelf.inventory.actions.leaving import restock, take
from nitka.shelf.inventory.actions.reordering import (
    draft_purchases,
    fold_demand,
    make_forecasts,
    record_demand,
    set_reorder_rule,
    tell_low,
)
from nitka.shelf.inventory.actions.stock import (
    adjust_stock,
    grade_stock,
    put_location,
    receive,
    set_stock,
    transfer,
)
from nitka.shelf.inventory.problems import (
    AlertProblem,
    AlreadyHeld,
    BuyingProblem,
    GoodsLeft,
    NothingHeld,
    OutOfStock,
    StockProblem,
)

__all__ = [
    "AlertProblem", "AlreadyHeld", "BuyingProblem", "GoodsLeft", "NothingHeld", "OutOfStock", "StockProblem",
    "adjust_stock", "announce_inbound", "ask_for_alert", "cancel_purchase", "change_inbound", "change_purchase",
    "close_inbound", "draft_purchase", "draft_purchases", "extend_hold", "fill", "fold_demand", "grade_stock",
    "hold", "hold_again", "hold_first", "leave_alert", "make_forecasts", "put_location", "put_supplier",
    "put_supplier_item", "receive", "receive_inbound", "record_demand", "release", "restock", "send_alerts",
    "send_purchase", "set_reorder_rule", "set_stock", "take", "tell_low", "transfer",
]  # fmt: skip
