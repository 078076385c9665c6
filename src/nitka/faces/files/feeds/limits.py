"""What the readers of feeds take at most. Lengths are in letters; what is longer is cut, and the report says so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`side` is the least side of a picture in pixels, `pictures` how many more than the first are taken."""

    id: int
    title: int
    description: int
    side: int
    pictures: int = 10
