"""Krok, a peg rail: turned pegs that lean upwards by twelve degrees, on a rail of solid wood."""

import math

from studio import materials
from studio.parts import leg, outline, prism
from studio.scene import View
from studio.shape import carried

MAIN = {"wood": "oak", "length": "pegs5"}
MOUNT = "wall"
LENGTHS = {"pegs3": (0.440, 3), "pegs5": (0.760, 5), "pegs7": (1.080, 7)}
DEEP, HIGH, THICK = 0.110, 0.090, 0.021
DETAIL = {"look": (-0.17, -0.03, 0.05), "from": (-0.75, -1, 0.35), "width": 0.26}
VIEWS = {"angle": View((-0.60, -1, 0.28), 85, 0.80)}
LEAN = math.radians(12)


def peg(x: float, wood):
    """Turned: a neck, a waist, a round head that a loop does not slip from."""
    start = (x, DEEP / 2 - THICK + 0.004, 0.036)
    head = 0.0175
    reach = (DEEP - THICK + 0.0031 - head * math.sin(LEAN) * 0.35) / math.cos(LEAN)
    end = (x, start[1] - reach * math.cos(LEAN), start[2] + reach * math.sin(LEAN))
    shape = [
        (0, 0.0125),
        (0.07, 0.0125),
        (0.10, 0.0118),
        (0.30, 0.0100),
        (0.52, 0.0090),
        (0.70, 0.0098),
        (0.80, 0.0128),
        (0.865, 0.0162),
        (0.92, head),
        (0.962, 0.0168),
        (0.986, 0.0140),
        (1, 0.0085),
    ]
    return leg(start, end, shape, wood, segments=48, rounded=0.0008, smooth=50, name="peg")


def build(options: dict[str, str]) -> list:
    """The rail with round ends and its pegs."""
    wood = materials.wood(options.get("wood", "oak"))
    width, many = LENGTHS[options.get("length", "pegs5")]
    rail = prism(outline(width, HIGH, HIGH / 2 - 0.002, 20), THICK, wood, bevel=0.0045, grain="x", name="rail")
    things = carried([rail], (0, DEEP / 2, HIGH / 2), (90, 0, 0))
    apart = (width - 0.120) / (many - 1)
    return things + [peg((n - (many - 1) / 2) * apart, wood) for n in range(many)]
