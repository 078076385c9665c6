"""Hylle, a wall shelf: one board on two steel brackets, a thin brass rail before the cups."""

import math

from studio import materials, thrown
from studio.parts import board, curve, rod, tube
from studio.scene import View

MAIN = {"wood": "oak", "length": "l90"}
MOUNT = "wall"
LENGTHS = {"l60": 0.6, "l90": 0.9, "l120": 1.2}
DEEP, HIGH, THICK, RAIL = 0.220, 0.190, 0.022, 0.0025
DETAIL = {"look": (-0.30, -0.09, 0.165), "from": (-0.55, -1, 0.38), "width": 0.30}
VIEWS = {"angle": View((-0.55, -1, 0.30), 85, 0.80)}
TOP = HIGH - 0.030  # the board's upper side; the rail stands on it


def bracket(x: float) -> list:
    """Flat steel, bent once: an arm under the board, a leaf on the wall, a round stay between them."""
    steel, wall = materials.metal("black"), DEEP / 2
    under = TOP - THICK
    things = [
        board((0.024, 0.004, under), (x, wall - 0.002, under / 2), steel, bevel=0.0012, grain="z", name="leaf"),
        board(
            (0.024, DEEP - 0.045, 0.004), (x, wall - (DEEP - 0.045) / 2, under - 0.002), steel, bevel=0.0012, name="arm"
        ),
        tube(
            curve(
                [
                    (x, wall - 0.004, 0.022),
                    (x, wall - 0.045, 0.045),
                    (x, -wall + 0.075, under - 0.012),
                    (x, -wall + 0.052, under - 0.005),
                ],
                10,
            ),
            0.0042,
            steel,
            sides=14,
            up=(1, 0, 0),
            name="stay",
        ),
    ]
    for z in (0.012, 0.062):
        screw = [(0, 0.0), (0.0045, 0.0), (0.004, 0.0016), (0.0016, 0.0022), (0, 0.0022)]
        things.append(
            thrown.turned(screw, materials.metal("steel"), at=(x, wall - 0.004, z), turn=(90, 0, 0), segments=24)
        )
    return things


def build(options: dict[str, str]) -> list:
    """The board, its rail on little posts, two brackets."""
    width, wood = LENGTHS[options.get("length", "l90")], materials.wood(options.get("wood", "oak"))
    brass = materials.metal("brass")
    things = [board((width, DEEP, THICK), (0, 0, TOP - THICK / 2), wood, bevel=0.003, grain="x", name="shelf")]
    y, z, end, bend = -DEEP / 2 + 0.013, HIGH - RAIL, width / 2 - 0.020, 0.012
    corner = [(math.sin(math.radians(a)), math.cos(math.radians(a))) for a in (0, 22, 45, 67, 90)]
    left = [(-end + bend - bend * s, y, z - bend + bend * c) for s, c in reversed(corner)]
    right = [(end - bend + bend * s, y, z - bend + bend * c) for s, c in corner]
    things.append(
        tube([(-end, y, TOP - 0.002), *left, *right, (end, y, TOP - 0.002)], RAIL, brass, sides=14, up=(0, 1, 0))
    )
    if width > 0.8:
        things.append(rod((0, y, TOP - 0.002), (0, y, z), RAIL, brass, name="post"))
    for x in (-end, end, *([0.0] if width > 0.8 else [])):
        collar = [(0.0055, 0.0), (0.0055, 0.0012), (0.0045, 0.0018), (0, 0.0018)]
        things.append(thrown.turned(collar, brass, at=(x, y, TOP), segments=24, name="collar"))
    for side in (-1, 1):
        things += bracket(side * width * 0.33)
    return things
