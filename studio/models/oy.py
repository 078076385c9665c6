"""Øy: a round coffee table on three legs with a low lip round its edge."""

import math

from studio.materials import wood
from studio.parts import lathe, leg, rod

DETAIL = {"look": (-0.20, -0.31, 0.395), "from": (-0.62, -0.9, 0.42), "width": 0.30}
MAIN = {"wood": "oak", "size": "d80"}


def build(options):
    """A table 600 across and 450 high, or 800 and 400."""
    oak = wood(options.get("wood", "oak"))
    r, h = (0.4, 0.40) if options.get("size") == "d80" else (0.3, 0.45)
    lip = 0.007
    top = lathe(
        [(0, h - 0.026), (r - 0.05, h - 0.026), (r - 0.028, h - 0.024), (r - 0.010, h - 0.0155),
                    (r - 0.002, h - 0.0075),
         (r, h - 0.0035), (r - 0.001, h - 0.001), (r - 0.004, h), (r - 0.012, h), (r - 0.0145, h - 0.001),
         (r - 0.0165, h - lip + 0.0015), (r - 0.019, h - lip), (r - 0.022, h - lip), (0, h - lip)],
        oak, segments=128, grain="x", smooth=50, name="top",
    )  # fmt: skip
    things = [top]
    for n in range(3):
        turn = math.radians(-90 + 28 + 120 * n)
        c, s = math.cos(turn), math.sin(turn)
        profile = [(0, 0.0125), (0.2, 0.0150), (0.5, 0.0200), (0.8, 0.0225), (0.92, 0.0225), (1, 0.0215)]
        things.append(leg((c * r * 0.90, s * r * 0.90, 0), (c * r * 0.60, s * r * 0.60, h - 0.022), profile, oak))
        z = h - 0.085
        share = (h - 0.022 - z) / (h - 0.022)
        at = r * (0.60 + 0.30 * share)
        things.append(rod((c * at, s * at, z), (0, 0, z), 0.0105, oak))
    things.append(lathe([(0, z - 0.024), (0.026, z - 0.024), (0.030, z - 0.020), (0.030, z + 0.020), (0.026, z + 0.024),
                         (0, z + 0.024)], oak, segments=40, name="hub"))  # fmt: skip
    return things
