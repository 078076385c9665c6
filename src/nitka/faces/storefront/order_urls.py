"""Addresses of an order's page."""

from django.urls import URLPattern, path

from nitka.faces.storefront import asking, delays, order, order_deeds, paying

_ORDER = "<language:language>/order/<slug:code>"

urlpatterns: list[URLPattern] = [
    path("<language:language>/order", order.find, name="order_find"),
    path(_ORDER, order.order, name="order"),
    path(f"{_ORDER}/live", order.live, name="order_live"),
    path(f"{_ORDER}/invoice.pdf", order.invoice, name="order_invoice"),
    path(f"{_ORDER}/return-from-payment", order_deeds.return_from_payment, name="order_return"),
    path(f"{_ORDER}/pay", paying.pay, name="order_pay"),
    path(f"{_ORDER}/withdraw", order_deeds.withdraw, name="order_withdraw"),
    path(f"{_ORDER}/ask", asking.ask_about_order, name="order_ask"),
    path(f"{_ORDER}/delay", delays.delay, name="order_delay"),
    path(f"{_ORDER}/cancel", order_deeds.cancel, name="order_cancel"),
]
