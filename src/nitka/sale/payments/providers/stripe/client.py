"""The official library, with our time-out, and its errors as ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import stripe
from django.conf import settings

from nitka.sale.payments.providers import GatewayTrouble


@lru_cache(maxsize=4)
def _client(key: str, address: str, seconds: float) -> stripe.StripeClient:
    bases: Any = {"api": address} if address else None
    return stripe.StripeClient(
        key, base_addresses=bases, max_network_retries=0, http_client=stripe.RequestsClient(timeout=seconds)
    )


def api() -> Any:
    """Version 1 of the API, for the keys of the environment."""
    return _client(settings.NITKA_STRIPE_KEY, settings.NITKA_STRIPE_API, settings.NITKA_GATEWAY_SECONDS).v1


def with_key(key: str) -> dict[str, str]:
    """The options that make a retry the same request."""
    return {"idempotency_key": key}


@contextmanager
def asking() -> Iterator[None]:
    """Whatever leaves it open what Stripe did becomes GatewayTrouble; refusals pass through as Stripe's errors."""
    try:
        yield
    except (stripe.CardError, stripe.InvalidRequestError):
        raise
    except stripe.StripeError as trouble:
        raise GatewayTrouble(f"{type(trouble).__name__}: {trouble.user_message or trouble}") from trouble
