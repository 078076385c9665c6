"""Addresses of the checkout, and of the demo card's bank."""

from django.urls import URLPattern, path

from nitka.faces.storefront import checkout, checkout_company, demo_bank
from nitka.faces.storefront.opening import sells

urlpatterns: list[URLPattern] = [
    path("<language:language>/checkout", sells(checkout.checkout), name="checkout"),
    path("<language:language>/checkout/update", sells(checkout.update), name="checkout_update"),
    path("<language:language>/checkout/place", sells(checkout.place), name="checkout_place"),
    path("<language:language>/checkout/ask", sells(checkout_company.ask), name="checkout_ask"),
    path("demo-bank/<str:ref>", demo_bank.demo_bank, name="demo_bank"),
]
