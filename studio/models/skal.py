"""Skal, a wide thrown stoneware bowl: thin at the rim, heavy at the foot, rings of the fingers on its outside."""

import math

from studio import materials, thrown
from studio.scene import View

MAIN = {"glaze": "fog"}
RADIUS, HIGH = 0.130, 0.095
DETAIL = {"look": (-0.07, -0.10, 0.062), "from": (-0.75, -1, 0.6), "width": 0.16}
VIEWS = {"angle": View((-0.35, -1, 0.52), 85, 0.66), "front": View((0, -1, 0.10), 200, 0.62)}


def build(options: dict[str, str]) -> list:
    """One bowl, empty."""
    r, h, foot = RADIUS, HIGH, 0.048
    ring = [(0, 0.004), (foot * 0.82, 0.004), (foot * 0.84, 0.0), (foot * 0.96, 0.0), (foot, 0.004), (foot, 0.009)]
    wall = [(foot, 0.009)]
    for k in range(1, 25):
        t = k / 25
        way = foot + (r - 0.0015 - foot) * math.sin(t * math.pi / 2) ** 0.78
        wall.append((way + 0.0007 * math.sin(t * 34) * (1 - t), 0.009 + (h - 0.010) * t**1.55))
    lip = [(r - 0.0004, h - 0.0016), (r - 0.0016, h), (r - 0.0036, h - 0.0008)]
    inside = []
    for k in range(24, 0, -1):
        t = k / 25
        thick = 0.0042 + 0.0038 * (1 - t)
        way = foot + (r - 0.0015 - foot) * math.sin(t * math.pi / 2) ** 0.78 - thick
        inside.append((way, max(0.0135, 0.009 + (h - 0.010) * t**1.55 + thick * (1 - t))))
    floor = [(foot * 0.66, 0.0128), (foot * 0.4, 0.0124), (foot * 0.15, 0.0123), (0, 0.0123)]

    def thin(reach: float, z: float) -> float:
        """The glaze runs off the lip."""
        return max(0.0, 1 - abs(z - h) / 0.0035) if reach > r * 0.95 else 0.2 if z < 0.012 else 0.0

    glaze = materials.glaze(options.get("glaze", "fog"))
    body = thrown.turned(
        thrown.smooth([*wall, *lip, *inside, *floor], 3), glaze, wobble=0.0006, thin=thin, sharp=80, segments=144,
        name="bowl",
    )  # fmt: skip
    return [body, thrown.turned(ring, materials.clay(), wobble=0.0004, segments=96, name="foot")]
