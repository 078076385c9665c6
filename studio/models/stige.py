"""Stige, a ladder shelf: five boards with low backs, each a little deeper than the one above."""

import math

from studio import materials, thrown
from studio.parts import board, prism
from studio.scene import View
from studio.shape import carried

MAIN = {"wood": "oak"}
WIDE, DEEP, HIGH = 0.600, 0.420, 1.800
SIDE, THICK = 0.022, 0.018
DETAIL = {"look": (-0.20, -0.10, 0.63), "from": (-0.75, -1, 0.40), "width": 0.42}
VIEWS = {"angle": View((-0.70, -1, 0.26), 85, 0.82)}
BACK = DEEP / 2


def front_of(z: float) -> float:
    """Where the leaning rail's front edge is at a height."""
    return -DEEP / 2 + (DEEP - 0.105) * z / HIGH


def frame(side: int, wood) -> list:
    """A leaning rail and an upright one, joined below the top: an A that is nearly closed."""
    x = side * (WIDE / 2 - SIDE / 2)
    wide = 0.038
    lean = [(front_of(0), 0.0), (front_of(0) + wide, 0.0), (front_of(HIGH) + wide, HIGH), (front_of(HIGH), HIGH)]
    slope = math.degrees(math.atan2(DEEP - 0.105, HIGH))
    rail = prism([(y, z) for y, z in lean], SIDE, wood, bevel=0.003, grain=_tilted(slope), name="lean")
    back = board(
        (SIDE, 0.032, HIGH - 0.02), (x, BACK - 0.016, HIGH / 2 - 0.01), wood, bevel=0.003, grain="z", name="back"
    )
    # the prism lies in x and y and rises in z: stand it up and set it at the side
    return [*carried([rail], (x - SIDE / 2, 0, 0), (90, 0, 90)), back]


def _tilted(slope: float):
    """The grain of a rail that leans by so many degrees from the upright, drawn in its own x and y."""
    c, s = math.cos(math.radians(slope)), math.sin(math.radians(slope))
    return lambda v: (v[1] * c + v[0] * s, v[0] * c - v[1] * s, v[2])


def shelf(z: float, wood) -> list:
    """A board between the frames, its low back, and a dowel's end on each side."""
    front, inner = front_of(z) + 0.006, WIDE - 2 * SIDE
    deep = BACK - 0.006 - front
    things = [
        board((inner, deep, THICK), (0, front + deep / 2, z + THICK / 2), wood, bevel=0.0025, grain="x", name="shelf"),
        board((inner, 0.012, 0.040), (0, BACK - 0.012, z + THICK + 0.020), wood, bevel=0.002, grain="x", name="stop"),
    ]
    for side in (-1, 1):
        cap = [(0.0052, 0.0), (0.0050, 0.0004), (0.0, 0.0005)]
        for y in (front + 0.013, BACK - 0.016):
            place = (side * WIDE / 2, y, z + THICK / 2)
            things.append(
                thrown.turned(cap, materials.metal("dark_steel"), at=place, turn=(0, 90 * side, 0), segments=24)
            )
    return things


def build(options: dict[str, str]) -> list:
    """Two frames, five shelves."""
    wood = materials.wood(options.get("wood", "oak"))
    things = [part for side in (-1, 1) for part in frame(side, wood)]
    for n in range(5):
        things += shelf(0.150 + n * (HIGH - 0.250) / 4, wood)
    return things
