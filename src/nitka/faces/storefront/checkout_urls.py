"""Addresses of the checkout, and of the demo card's bank."""

from django.urls import URLPattern, path

from nitka.faces.storefront import checkout, demo_bank

urlpatterns: list[URLPattern] = [
    path("<language:language>/checkout", checkout.checkout, name="checkout"),
    path("<language:language>/checkout/update", checkout.update, name="checkout_update"),
    path("<language:language>/checkout/place", checkout.place, name="checkout_place"),
    path("demo-bank/<str:ref>", demo_bank.demo_bank, name="demo_bank"),
]
