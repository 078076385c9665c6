"""What the index knows of one product, in plain values: the same for the shop and for a measurement on a file."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One product. Texts are {language: text}; prices are minor units by market: without one it is not sold there."""

    product_id: str
    title: Mapping[str, str]
    slug: Mapping[str, str] = field(default_factory=dict)
    summary: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    category: Mapping[str, str] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    brand: str = ""
    models: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    prices: Mapping[str, int] = field(default_factory=dict)
    in_stock: bool = True
    created: int = 0
    rated: int = 0  # Bayesian mean of its stars in thousandths, 0 without any
    signal: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as they are stored."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Entry":
        """The entry that `as_dict` was made of; lists become tuples again."""
        values: dict[str, Any] = {}
        for name, value in data.items():
            values[name] = tuple(value) if isinstance(value, list) else value
        return cls(**values)
