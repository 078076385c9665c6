"""What a translator gets and answers. Each is a folder with `NAME`, `is_on()`, `translate(…)`."""

from collections.abc import Sequence
from typing import Protocol


class NotNow(Exception):
    """It may work later; the message says why, for a log."""


class WillNot(Exception):
    """These words are not translated into that language, now or later."""


class Translator(Protocol):
    """A way to other languages."""

    NAME: str

    def is_on(self) -> bool:
        """Whether the merchant set it up."""

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> list[str]:
        """The same texts, plain, in the other language. Raises NotNow, WillNot."""
