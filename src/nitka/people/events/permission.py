"""What the sender says that the shopper allowed."""

from typing import Any

from nitka.people.events.queries import ADVERTISING, ANALYTICS, PERSONALISATION

# The words of our own module and of the categories that consent managers hand to Segment's SDKs.
_WORDS = {
    "analytics": ANALYTICS, "performance": ANALYTICS, "statistics": ANALYTICS,
    "personalisation": PERSONALISATION, "personalization": PERSONALISATION, "functional": PERSONALISATION,
    "advertising": ADVERTISING, "marketing": ADVERTISING, "targeting": ADVERTISING,
}  # fmt: skip


def allowed(said: Any, *, asks: bool, gpc: bool, dnt: bool) -> int:
    """Bits of what is allowed; without ANALYTICS nothing may be stored.

    `asks`: the source asks its visitors itself, so only a yes is a yes. Elsewhere silence is the sender's own answer,
    but for a browser that asks not to be tracked. Global Privacy Control takes advertising away, whatever was said.
    """
    answers = _answers(said) if said else {}
    bits = sum(bit for bit, yes in answers.items() if yes)
    if ANALYTICS not in answers and not asks and not dnt:
        bits |= ANALYTICS
    return bits & ~ADVERTISING if gpc else bits


def _answers(said: Any) -> dict[int, bool]:
    if type(said) is not dict:
        return {}
    preferences = said.get("categoryPreferences")
    answers: dict[int, bool] = {}
    for name, yes in (preferences if type(preferences) is dict else said).items():
        bit = _WORDS.get(name.lower())
        if bit and type(yes) is bool:
            answers[bit] = yes and answers.get(bit, True)  # where two words mean the same, a no is a no
    return answers
