"""Rows of content for tests."""

from typing import Any

from nitka.shelf.content import actions, queries

FIELDS: list[dict[str, Any]] = [
    {"kind": "name", "label": {"en": "Name", "pl": "Imię"}},
    {"kind": "email", "label": {"en": "E-mail"}, "needed": True},
    {
        "kind": "choice",
        "label": {"en": "What for?"},
        "choices": [{"en": "A café", "pl": "Kawiarnia"}, {"en": "A home"}],
    },
    {"kind": "text", "label": {"en": "Your plan"}, "needed": True},
]
GOOD = {"name-1": "Anna", "email-2": "Anna@Example.com", "choice-3": "0", "text-4": "Twenty chairs"}


def filled(**more: Any) -> actions.Filled:
    return actions.Filled(**{"form": "trade", "values": GOOD, "language": "pl", "agreed": True, **more})


def trade_form() -> None:
    """A shop with a form "trade"."""
    queries.forget()
    actions.set_shop(name="Shop", email="shop@example.com")
    actions.put_form(code="trade", title={"en": "For business"}, fields=FIELDS, consent={"en": "Keep this a year."})
