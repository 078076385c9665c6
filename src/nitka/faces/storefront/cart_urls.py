"""Addresses of the cart."""

from django.urls import URLPattern, path

from nitka.faces.storefront import cart
from nitka.faces.storefront.opening import sells

urlpatterns: list[URLPattern] = [
    path("<language:language>/cart", sells(cart.cart), name="cart"),
    path("<language:language>/cart/add", sells(cart.add), name="cart_add"),
    path("<language:language>/cart/change", sells(cart.change), name="cart_change"),
    path("<language:language>/cart/remove", sells(cart.remove), name="cart_remove"),
    path("<language:language>/cart/restore", sells(cart.restore), name="cart_restore"),
    path("<language:language>/cart/empty", sells(cart.empty), name="cart_empty"),
    path("<language:language>/cart/restore-all", sells(cart.restore_all), name="cart_restore_all"),
    path("<language:language>/cart/accept", sells(cart.accept), name="cart_accept"),
    path("<language:language>/cart/coupon", sells(cart.coupon), name="cart_coupon"),
    path("<language:language>/cart/coupon-drop", sells(cart.coupon_drop), name="cart_coupon_drop"),
]
