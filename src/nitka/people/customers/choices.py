"""What may be asked for, and how a browser keeps what its person chose."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# What shoppers are asked on the pages. "Necessary" is no consent: it is never asked and stands in no ledger.
VISIT_PURPOSES = ("analytics", "personalisation", "advertising")
# What may be written to somebody without their having asked for it, each by itself.
MESSAGE_PURPOSES = ("newsletter", "occasions", "sms", "push", "whatsapp", "viber", "telegram")
# What a customer told us, each thing for its own use.
TOLD_PURPOSES = ("preferred_channel", "heard_from")
PURPOSES = (*MESSAGE_PURPOSES, *TOLD_PURPOSES, *VISIT_PURPOSES)

# The words of the banner and its page; a new version asks everybody again.
TEXT_VERSION = "2026-11"
# One letter a purpose, in the order of VISIT_PURPOSES: Analytics, Personalisation, adverts that are Shared.
LETTERS = "aps"
_COOKIE = re.compile(r"v1\.([a-]{1}[p-]{1}[s-]{1})\.([\w-]{1,40})")


@dataclass(frozen=True)
class Choices:
    """What a browser allows. `text_version` is the text that was answered, "" while nothing was."""

    analytics: bool = False
    personalisation: bool = False
    advertising: bool = False
    text_version: str = ""

    @property
    def answered(self) -> bool:
        """Whether the question was answered as it stands today."""
        return self.text_version == TEXT_VERSION

    def allows(self, purpose: str) -> bool:
        return purpose in VISIT_PURPOSES and bool(getattr(self, purpose))

    def as_dict(self) -> dict[str, bool]:
        return {purpose: self.allows(purpose) for purpose in VISIT_PURPOSES}

    def cookie(self) -> str:
        """The value of the cookie `nitka_consent`, e.g. `v1.ap-.2026-11`."""
        granted = zip(LETTERS, self.as_dict().values(), strict=True)
        return f"v1.{''.join(letter if yes else '-' for letter, yes in granted)}.{self.text_version}"


def choices_in(cookie: str) -> Choices:
    """What the cookie `nitka_consent` says. What is no such cookie allows nothing."""
    found = _COOKIE.fullmatch(cookie)
    if found is None:
        return Choices()
    granted = {purpose: letter != "-" for purpose, letter in zip(VISIT_PURPOSES, found[1], strict=True)}
    return Choices(**granted, text_version=found[2])


def heeding(wanted: Mapping[str, bool], *, gpc: bool, dnt: bool = False) -> Choices:
    """An answer as it counts today: Global Privacy Control ends advertising, whatever was pressed.

    `dnt` is Do Not Track where analytics was not ticked by itself: one button for everything does not override it.
    """
    granted = {purpose: bool(wanted.get(purpose)) for purpose in VISIT_PURPOSES}
    granted["advertising"] = granted["advertising"] and not gpc
    granted["analytics"] = granted["analytics"] and not dnt
    return Choices(**granted, text_version=TEXT_VERSION)
