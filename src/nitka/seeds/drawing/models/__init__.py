"""One function per product, in one module per category."""

from nitka.seeds.drawing.models import chairs, lamps, storage, tables, tableware, textiles

__all__ = ["chairs", "lamps", "storage", "tables", "tableware", "textiles"]
