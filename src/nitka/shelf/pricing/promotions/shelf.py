"""The goods of a cart, arranged so that a promotion finds its own without looking at each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from nitka.shelf.pricing.promotions.rules import Scope


@dataclass(frozen=True, slots=True)
class Item:
    """All pieces of one variant. `categories` are the ids from the root down; `reduced`: it cost more before."""

    key: str
    variant_id: UUID
    quantity: int
    unit_minor: int
    product_id: UUID | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    brand_id: UUID | None = None
    reduced: bool = False


class Shelf:
    """The items in the order of their keys, so that the order in which goods were added never matters."""

    __slots__ = ("_by", "_found", "_locked", "items", "worth")

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = sorted(items, key=lambda each: each.key)
        self.worth = [each.unit_minor * each.quantity for each in self.items]
        self._by: dict[object, set[int]] | None = None
        self._found: dict[Scope, Sequence[int]] = {}
        self._locked: frozenset[int] = frozenset()

    def without(self, places: Iterable[int]) -> "Shelf":
        """The same shelf where promotions do not find these items."""
        rest = Shelf.__new__(Shelf)
        rest.items, rest.worth, rest._by, rest._found = self.items, self.worth, self._by, {}
        rest._locked = self._locked.union(places)
        return rest

    def match(self, scope: Scope) -> Sequence[int]:
        """The places of the items in that scope, ascending."""
        found = self._found.get(scope)
        if found is None:
            self._found[scope] = found = self._look(scope)
        return found

    def _look(self, scope: Scope) -> Sequence[int]:
        places: Iterable[int] = range(len(self.items))
        if not scope.is_all:
            by = self._index()
            chosen: set[int] = set()
            for names in (scope.products, scope.categories, scope.tags, scope.brands):
                # Whichever is shorter is walked: a scope may name thousands of products.
                for name in by.keys() & names if len(names) > len(by) else names:
                    chosen |= by.get(name, _NONE)
            places = sorted(chosen)
        if scope.excepts:
            places = [place for place in places if not self._is_left_out(place, scope)]
        return [place for place in places if place not in self._locked] if self._locked else list(places)

    def _is_left_out(self, place: int, scope: Scope) -> bool:
        item = self.items[place]
        return (
            (scope.full_price and item.reduced)
            or item.product_id in scope.not_products
            or not scope.not_categories.isdisjoint(item.categories)
            or not scope.not_tags.isdisjoint(item.tags)
        )

    def _index(self) -> dict[object, set[int]]:
        """Ids and tags share one index: an id is never a tag."""
        if self._by is None:
            self._by = {}
            for place, item in enumerate(self.items):
                for name in (item.product_id, item.brand_id, *item.categories, *item.tags):
                    self._by.setdefault(name, set()).add(place)
        return self._by


_NONE: set[int] = set()
