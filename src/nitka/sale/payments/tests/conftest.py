"""Gateways of our own, at an address of this machine."""

from collections.abc import Iterator
from typing import Any

import pytest

from nitka.sale.payments.tests.fakes.paypal_side import paypal_side
from nitka.sale.payments.tests.fakes.server import Gateway, Server
from nitka.sale.payments.tests.fakes.stripe_side import SECRET, stripe_side


@pytest.fixture
def stripe(settings: Any) -> Iterator[Gateway]:
    """Stripe's side, played by ours; it may be told to misbehave."""
    gateway = stripe_side()
    server = Server(gateway)
    settings.NITKA_STRIPE_KEY, settings.NITKA_STRIPE_PUBLIC_KEY = "sk_test_fake", "pk_test_fake"
    settings.NITKA_STRIPE_WEBHOOK_SECRET = SECRET
    settings.NITKA_STRIPE_API, settings.NITKA_STRIPE_JS = gateway.url, f"{gateway.url}/stripe.js"
    settings.NITKA_GATEWAY_SECONDS = 1.2
    yield gateway
    server.close()


@pytest.fixture
def paypal(settings: Any) -> Iterator[Gateway]:
    """PayPal's side, played by ours; it may be told to misbehave."""
    gateway = paypal_side()
    server = Server(gateway)
    settings.NITKA_PAYPAL_CLIENT, settings.NITKA_PAYPAL_SECRET, settings.NITKA_PAYPAL_WEBHOOK = "id", "secret", "WH"
    settings.NITKA_PAYPAL_API, settings.NITKA_GATEWAY_SECONDS = gateway.url, 1.2
    yield gateway
    server.close()
