"""Addresses of the cart."""

from django.urls import URLPattern, path

from nitka.faces.storefront import cart

urlpatterns: list[URLPattern] = [
    path("<language:language>/cart", cart.cart, name="cart"),
    path("<language:language>/cart/add", cart.add, name="cart_add"),
    path("<language:language>/cart/change", cart.change, name="cart_change"),
    path("<language:language>/cart/remove", cart.remove, name="cart_remove"),
    path("<language:language>/cart/restore", cart.restore, name="cart_restore"),
    path("<language:language>/cart/empty", cart.empty, name="cart_empty"),
    path("<language:language>/cart/restore-all", cart.restore_all, name="cart_restore_all"),
    path("<language:language>/cart/accept", cart.accept, name="cart_accept"),
    path("<language:language>/cart/coupon", cart.coupon, name="cart_coupon"),
    path("<language:language>/cart/coupon-drop", cart.coupon_drop, name="cart_coupon_drop"),
]
