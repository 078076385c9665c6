"""Addresses of an order's page."""

from django.urls import URLPattern, path

from nitka.faces.storefront import asking, delays, order, order_changes, order_deeds, order_push, order_returns, paying

_ORDER = "<language:language>/order/<slug:code>"

urlpatterns: list[URLPattern] = [
    path("<language:language>/order", order.find, name="order_find"),
    path(_ORDER, order.order, name="order"),
    path(f"{_ORDER}/live", order.live, name="order_live"),
    path(f"{_ORDER}/invoice.pdf", order.invoice, name="order_invoice"),
    path(f"{_ORDER}/return-from-payment", order_deeds.return_from_payment, name="order_return"),
    path(f"{_ORDER}/push", order_push.push, name="order_push"),
    path(f"{_ORDER}/pay", paying.pay, name="order_pay"),
    path(f"{_ORDER}/withdraw", order_deeds.withdraw, name="order_withdraw"),
    path(f"{_ORDER}/ask", asking.ask_about_order, name="order_ask"),
    path(f"{_ORDER}/delay", delays.delay, name="order_delay"),
    path(f"{_ORDER}/change-address", order_changes.address, name="order_change_address"),
    path(f"{_ORDER}/change-items", order_changes.items, name="order_change_items"),
    path(f"{_ORDER}/change-payment", order_changes.payment, name="order_change_payment"),
    path(f"{_ORDER}/cancel", order_deeds.cancel, name="order_cancel"),
    path(f"{_ORDER}/ask-for/<slug:kind>", order_returns.ask, name="order_ask_for"),
    path(f"{_ORDER}/returns/<slug:case>", order_returns.follow, name="order_case"),
    path(f"{_ORDER}/returns/<slug:case>/do", order_returns.act, name="order_case_do"),
    path(f"{_ORDER}/returns/<slug:case>/paid", order_returns.paid, name="order_case_paid"),
    path(f"{_ORDER}/returns/<slug:case>/<slug:name>.pdf", order_returns.paper, name="order_case_paper"),
    path(f"{_ORDER}/returns/<slug:case>/photos/<uuid:photo_id>", order_returns.photo, name="order_case_photo"),
]
