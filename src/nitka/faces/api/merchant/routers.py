"""All parts of the merchant's API, as OpenAPI groups them."""

from ninja import Router

from nitka.faces.api.merchant import (
    companies,
    for_customers,
    money,
    order_help,
    orders,
    parcels,
    prices,
    promotions,
    purchases,
    returns,
    review,
    stock,
    taxes,
)

ROUTERS: dict[str, tuple[Router, ...]] = {
    "Merchant: orders": (orders.router, order_help.router, review.router),
    "Merchant: parcels": (parcels.router,),
    "Merchant: returns": (returns.router,),
    "Merchant: promotions and prices": (promotions.router, prices.router, taxes.router),
    "Merchant: stock and buying": (stock.router, purchases.router),
    "Merchant: money": (money.router,),
    "Merchant: companies": (companies.router, for_customers.router),
}
