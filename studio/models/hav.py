"""Hav, a flat-woven rug: bands like a coast seen from the water, narrower towards the middle; knotted tassels."""

import random

from mathutils import noise

from studio import cloth, materials
from studio.parts import sheet
from studio.scene import View

MAIN = {"colour": "indigo", "size": "r140"}
SIZES = {"r140": (1.400, 2.000), "r170": (1.700, 2.400)}
FRINGE, THICK = 0.070, 0.008
DETAIL = {"look": (-0.52, -0.90, 0.005), "from": (-0.35, -1, 0.75), "width": 0.36}
VIEWS = {"angle": View((-0.52, -1, 0.62), 85, 0.86), "front": View((0, -0.001, 1), 85, 0.84)}
# half of the rug, from the end (0) to the middle (0.5): where the pale bands lie
BANDS = (
    (0.035, 0.075),
    (0.095, 0.106),
    (0.145, 0.196),
    (0.212, 0.221),
    (0.262, 0.288),
    (0.330, 0.342),
    (0.382, 0.391),
    (0.430, 0.436),
    (0.472, 0.476),
)


def stripes() -> str:
    """The bands of both halves as the material wants them."""
    both = [*BANDS, *((1 - high, 1 - low) for low, high in BANDS)]
    return " ".join(f"{low:.4f}-{high:.4f}" for low, high in both)


def build(options: dict[str, str]) -> list:
    """The woven ground, not quite straight, and a tassel every two centimetres."""
    width, total = SIZES[options.get("size", "r140")]
    long = total - 2 * FRINGE
    wool = materials.banded(options.get("colour", "indigo"), "natural", stripes())

    def spot(u: float, v: float):
        x, y = u * width / 2, v * long / 2
        stray = 0.0035 * noise.noise((0.0, y * 4, 3.0 if u > 0 else 9.0)) * abs(u) ** 8
        lift = 0.0018 * (1 + noise.noise((x * 3.1, y * 3.1, 0.5))) * min(1.0, 8 * (1 - max(abs(u), abs(v))) + 0.15)
        return (x - abs(stray) * (1 if u > 0 else -1), y, THICK / 2 + 0.0002 + max(0.0, lift))

    ground = sheet(width, long, THICK, wool, shape=spot, cells=(56, 80), name="rug")
    layer = ground.data.attributes.new("along", "FLOAT", "POINT")
    layer.data.foreach_set("value", [v.co.y / long + 0.5 for v in ground.data.vertices])
    return [ground, *fringe(width, long)]


def fringe(width: float, long: float) -> list:
    """Knots at both ends and the threads that hang from them."""
    dice, wool = random.Random(5), materials.fabric("natural", "wool")  # noqa: S311
    ways, knots, many = [], [], round(width / 0.0196)
    for side in (-1, 1):
        for k in range(many):
            x = -width / 2 + 0.009 + (width - 0.018) * k / (many - 1)
            y = side * (long / 2 + 0.011)
            knots.append([(x, side * (long / 2 - 0.004), 0.0055), (x, y, 0.0058), (x, y + side * 0.012, 0.0052)])
            for way in cloth.tassel((x, y + side * 0.008, 0.0046), (0, side, 0), FRINGE - 0.019, dice, spread=0.0052):
                limit = long / 2 + FRINGE
                ways.append(
                    [(p.x, max(-limit, min(limit, p.y)), max(0.0022, p.z - 0.0014 * n)) for n, p in enumerate(way)]
                )
    swell = lambda t: 0.0022 + 0.0032 * max(0.0, 1 - abs(t - 0.5) * 2.4)  # noqa: E731 (thick in the middle: a knot)
    return [cloth.strands(ways, 0.00165, wool, sides=5), cloth.strands(knots, swell, wool, sides=7)]
