"""Who can say whether a VAT number exists, a folder each: `NAME`, `ask(number) -> Said`. None is on by itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """The answer: `valid`, `invalid`, or `unknown` where the register could not say. `proof` is its own reference."""

    status: str
    name: str = ""
    proof: str = ""
