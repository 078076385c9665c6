"""Gnist, a portable lamp: a mushroom of painted aluminium with a brass ring to carry it."""

import math

from studio import materials, thrown
from studio.parts import tube
from studio.scene import View

MAIN = {"colour": "clay"}
RADIUS, HIGH = 0.100, 0.300
DETAIL = {"look": (0.0, 0.0, 0.235), "from": (-0.5, -1, 0.35), "width": 0.22}
VIEWS = {"angle": View((-0.45, -1, 0.20), 85, 0.70)}


FOOT = [
    (0, 0),
    (0.058, 0),
    (0.0615, 0.0015),
    (0.0630, 0.005),
    (0.0630, 0.024),
    (0.0615, 0.0285),
    (0.057, 0.031),
    (0.030, 0.0335),
    (0.0145, 0.037),
    (0.0105, 0.044),
    (0.0098, 0.055),
    (0.0098, 0.185),
]
LOW, CROWN = 0.176, 0.252


def dome() -> list[tuple[float, float]]:
    """The shade's line, from inside the rim up to the crown."""
    shade = [
        (RADIUS - 0.0045, LOW + 0.007),
        (RADIUS - 0.003, LOW + 0.0008),
        (RADIUS - 0.001, LOW),
        (RADIUS, LOW + 0.003),
    ]
    for k in range(1, 24):
        t = math.radians(90 * k / 24)
        shade.append((RADIUS * math.cos(t) ** 0.8, LOW + 0.004 + (CROWN - LOW - 0.004) * math.sin(t)))
    return [*shade, *[(0.010, CROWN), (0.0, CROWN)]]


def build(options: dict[str, str]) -> list:
    """Foot with the battery, stem, a shade that glows below, the ring."""
    paint = materials.metal(options.get("colour", "clay"))
    glow = [(0.0098, LOW + 0.0075), (0.04, LOW + 0.0065), (RADIUS - 0.0045, LOW + 0.0070)]
    knob = [
        (0.0, CROWN - 0.002),
        (0.0075, CROWN - 0.002),
        (0.0078, CROWN + 0.006),
        (0.006, CROWN + 0.0078),
        (0, CROWN + 0.0078),
    ]
    ring, wire = 0.0208, 0.0026
    middle = HIGH - ring - wire
    way = [(ring * math.sin(a), 0, middle + ring * math.cos(a)) for a in (2 * math.pi * k / 48 for k in range(48))]
    seam = [(0.0632, 0.0255), (0.0625, 0.0262), (0.0632, 0.0269)]
    return [
        thrown.turned(FOOT, paint, segments=96, sharp=45, name="foot"),
        thrown.turned(seam, materials.metal("ink"), name="seam"),
        thrown.turned(dome(), paint, segments=128, sharp=50, name="shade"),
        thrown.turned(glow, materials.lamp_light(3.2), segments=96, name="glow"),
        thrown.turned(knob, materials.metal("brass"), segments=40, name="knob"),
        tube(way, wire, materials.metal("brass"), closed=True, sides=14, up=(0, 1, 0), name="ring"),
    ]
