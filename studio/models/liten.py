"""Liten: a small steel table with a ring on top to carry it by."""

import math

from studio.materials import metal
from studio.parts import lathe, rod, tube

DETAIL = {"look": (0, -0.04, 0.53), "from": (-0.45, -0.9, 0.55), "width": 0.40}


def build(options):
    """A table 400 across and 620 high."""
    paint, r, h = metal(options.get("colour", "clay")), 0.2, 0.62
    tray = h * 0.80
    foot = [(0, 0), (0.146, 0), (0.150, 0.0015), (0.1515, 0.004), (0.150, 0.0072), (0.146, 0.0085), (0.03, 0.0095),
            (0.018, 0.012), (0.0125, 0.020), (0, 0.020)]  # fmt: skip
    bowl = [(0, tray), (r - 0.016, tray), (r - 0.007, tray + 0.003), (r - 0.0015, tray + 0.010), (r, tray + 0.018),
            (r, tray + 0.030), (r - 0.0008, tray + 0.0312), (r - 0.0022, tray + 0.0312), (r - 0.003, tray + 0.030),
            (r - 0.003, tray + 0.018), (r - 0.005, tray + 0.0115), (r - 0.010, tray + 0.0055), (r - 0.017,
            tray + 0.003),
            (0, tray + 0.003)]  # fmt: skip
    ring, bar = 0.046, 0.0062
    loop = [
        (ring * math.sin(t), 0, h - bar - ring - ring * math.cos(t)) for t in (2 * math.pi * k / 48 for k in range(48))
    ]
    return [
        lathe(foot, paint, segments=96, smooth=50, name="foot"),
        rod((0, 0, 0.01), (0, 0, h - 2 * ring - bar), 0.0095,
                    paint),
        lathe([(0, tray - 0.016), (0.014, tray - 0.016), (0.020, tray - 0.004), (0.030, tray + 0.0005),
               (0, tray + 0.0005)],
              paint, segments=48, smooth=60, name="collar"),
        lathe(bowl, paint, segments=112, smooth=45, name="tray"),
        tube(loop, bar, paint, closed=True, sides=18, up=(0, 1, 0), name="ring"),
    ]  # fmt: skip
