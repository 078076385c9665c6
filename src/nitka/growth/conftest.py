"""Between tests nothing is remembered here either."""

from nitka.sale.conftest import _nothing_remembered

__all__ = ["_nothing_remembered"]
