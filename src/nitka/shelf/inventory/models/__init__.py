"""Where goods lie, where they come from, and how many will be wanted."""

from nitka.shelf.inventory.models.buying import (
    InboundLine,
    InboundShipment,
    PurchaseLine,
    PurchaseOrder,
    Supplier,
    SupplierItem,
)
from nitka.shelf.inventory.models.demand import Demand, Forecast, ReorderRule, StockAlert
from nitka.shelf.inventory.models.stock import Hold, Location, StockLevel, StockMove

__all__ = [
    "Demand", "Forecast", "Hold", "InboundLine", "InboundShipment", "Location", "PurchaseLine", "PurchaseOrder",
    "ReorderRule", "StockAlert", "StockLevel", "StockMove", "Supplier", "SupplierItem",
]  # fmt: skip
