"""Sauda, a throw of lambswool: folded for the shelf, its hand-knotted fringe before it."""

import itertools
import math
import random

from mathutils import noise

from studio import cloth, materials
from studio.parts import sheet
from studio.scene import View
from studio.shape import carried

MAIN = {"colour": "grey"}
WIDE, DEEP, LAYER, TURNS = 0.520, 0.400, 0.017, 5
DETAIL = {"look": (-0.10, -0.21, 0.060), "from": (-0.35, -1, 0.55), "width": 0.24}
VIEWS = {"angle": View((-0.50, -1, 0.52), 85, 0.72)}
FOLDED = True  # the measures of the shop are those of the throw laid out
STRIPES = ((0.045, 0.062), (0.075, 0.081), (0.094, 0.100), (0.900, 0.906), (0.919, 0.925), (0.938, 0.955))


def zigzag() -> list[tuple[float, float]]:
    """The line of the cloth from below upwards: back and forth with round turns, then over the front edge and down."""
    spots, half, r = [], DEEP / 2, LAYER / 2
    for n in range(TURNS):
        z, way = LAYER * (n + 0.5), 1 if n % 2 == 0 else -1
        inset = 0.004 * n
        spots += [(way * (half - r - inset) * t, z) for t in (-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1)]
        if n < TURNS - 1:
            turn = [math.radians(a) for a in (-60, -30, 0, 30, 60)]
            spots += [(way * (half - r - inset + r * math.cos(a)), z + r + r * math.sin(a)) for a in turn]
    return spots


def evenly(line: list[tuple[float, float]], many: int) -> list[tuple[float, float]]:
    """The same line cut into equal steps."""
    gone = [0.0]
    for a, b in itertools.pairwise(line):
        gone.append(gone[-1] + math.dist(a, b))
    out, k = [], 0
    for n in range(many):
        want = gone[-1] * n / (many - 1)
        while k < len(line) - 2 and gone[k + 1] < want:
            k += 1
        t = (want - gone[k]) / max(1e-9, gone[k + 1] - gone[k])
        out.append((line[k][0] + (line[k + 1][0] - line[k][0]) * t, line[k][1] + (line[k + 1][1] - line[k][1]) * t))
    return out


def folded(wool) -> object:
    """The throw as one long sheet on its zigzag, softly uneven."""
    line = evenly(zigzag(), 301)
    top = LAYER * TURNS

    def spot(u: float, v: float):
        y, z = line[min(300, round((v + 1) * 150))]
        x = u * (WIDE / 2 + 0.006 * noise.noise((v * 9, 0.3, 2.0)) - 0.003 * (z / top) ** 2)
        soft = 0.0065 * noise.noise((x * 5, y * 5, z * 4)) * (z / top)
        fall = -0.010 * (z / top) * max(0.0, abs(u) ** 6 * 0.7 + abs(2 * y / DEEP) ** 8 * 0.6)
        wave = 0.004 * noise.noise((x * 9, v * 5, 7.0))
        return (x, y + wave, z + soft + fall)

    thing = sheet(WIDE, 2.0, LAYER * 0.80, wool, shape=spot, cells=(44, 300), name="throw")
    many = len(thing.data.vertices)
    layer = thing.data.attributes.new("along", "FLOAT", "POINT")
    grain = thing.data.attributes["grain"].data
    low = min(grain[k].vector[1] for k in range(many))
    layer.data.foreach_set("value", [(grain[k].vector[1] - low) / 2.0 for k in range(many)])
    return thing


def build(options: dict[str, str]) -> list:
    """The folded throw; the fringe of its upper end hangs over the front."""
    colour = options.get("colour", "grey")
    stripes = " ".join(f"{low}-{high}" for low, high in STRIPES)
    wool, thread = materials.banded(colour, "white", stripes, "wool"), materials.fabric(colour, "wool")
    dice = random.Random(11)  # noqa: S311
    ways, knots, many = [], [], 46
    edge, top = (DEEP / 2 - LAYER / 2) * (1 if TURNS % 2 else -1), LAYER * (TURNS - 0.5)
    side = 1 if edge > 0 else -1
    for k in range(many):
        x = -WIDE / 2 + 0.008 + (WIDE - 0.016) * k / (many - 1)
        start = (x, edge + side * 0.010, top - 0.004)
        knots.append([(x, edge - side * 0.006, top), start, (x, edge + side * 0.017, top - 0.013)])
        for way in cloth.tassel((x, edge + side * 0.016, top - 0.011), (0, side * 0.16, -1), 0.062, dice, 0.0075, 6):
            ways.append([(p.x, p.y + side * 0.004 * math.sin(n * 1.1), max(0.003, p.z)) for n, p in enumerate(way)])
    swell = lambda t: 0.0022 + 0.0030 * max(0.0, 1 - abs(t - 0.6) * 2.6)  # noqa: E731 (a knot)
    things = [folded(wool), cloth.strands(ways, 0.00135, thread, sides=5), cloth.strands(knots, swell, thread, sides=7)]
    return carried(things, turn=(0, 0, 180 if side > 0 else 0))
