"""Siv, a floor lamp: one bent tube that bows over the chair like a reed, on a heavy round foot."""

import math

from studio import materials, thrown
from studio.parts import curve, tube

MAIN = {"colour": "black"}
WIDE, DEEP, HIGH = 0.620, 0.260, 1.560
FOOT, HEAD, TUBE = -WIDE / 2 + 0.130, WIDE / 2 - 0.0455, 0.0082
DETAIL = {"look": (0.10, 0, 1.42), "from": (-0.6, -1, -0.12), "width": 0.50}
PLATE = [
    (0, 0),
    (0.126, 0),
    (0.1290, 0.001),
    (0.130, 0.004),
    (0.130, 0.0135),
    (0.1285, 0.0168),
    (0.124, 0.018),
    (0.014, 0.0195),
    (0.0125, 0.021),
    (0.0125, 0.040),
    (0.0105, 0.0425),
    (TUBE, 0.043),
]
LOW = -0.165  # the head's rim, below its joint
CONE = [
    (0.0975, LOW + 0.004),
    (0.0985, LOW),
    (0.1, LOW + 0.0015),
    (0.0995, LOW + 0.005),
    (0.060, -0.066),
    (0.040, -0.036),
    (0.024, -0.020),
    (0.0185, -0.016),
    (0.0180, 0.012),
    (0.0155, 0.0155),
    (0, 0.016),
]
INSIDE = [(0.0975, LOW + 0.004), (0.058, -0.068), (0.038, -0.040), (0, -0.03)]
BULB = [(0.012, -0.045), (0.016, -0.06), (0.0225, -0.082), (0.0225, -0.097), (0.014, -0.114), (0, -0.118)]
CORD = [
    (FOOT - 0.05, 0.115, 0.006),
    (FOOT - 0.06, 0.16, 0.0035),
    (FOOT - 0.20, 0.30, 0.0035),
    (FOOT - 0.1, 0.5, 0.0035),
    (FOOT - 0.5, 0.8, 0.0035),
    (FOOT - 1.6, 0.9, 0.0035),
]


def reed() -> list:
    """The way of the tube: straight up, then over like a reed in the wind."""
    reach = (HEAD - FOOT) / 2
    top = HIGH - TUBE
    spring = top - reach * 1.18
    bow = [
        (FOOT + reach * (1 - math.cos(a)), 0, spring + reach * 1.18 * math.sin(a))
        for a in (math.radians(8 * k) for k in range(1, 21))
    ]
    return curve([(FOOT, 0, 0.03), (FOOT, 0, 0.5), (FOOT, 0, 1.0), (FOOT, 0, spring), *bow], 4)


def build(options: dict[str, str]) -> list:
    """Foot, reed, joint, head with its bulb, and the cord."""
    name = options.get("colour", "black")
    metal, joint = materials.metal(name), materials.metal("brass")
    way = reed()
    end = way[-1]
    tilt = 14  # the head looks back towards the chair a little
    place = (end.x, 0, end.z - 0.012)
    turn = (0, tilt, 0)
    return [
        thrown.turned(PLATE, metal, at=(FOOT, 0, 0), segments=128, name="foot"),
        tube(way, TUBE, metal, sides=24, up=(0, 1, 0), name="reed"),
        thrown.turned(thrown.smooth(CONE, 3), metal, at=place, turn=turn, segments=112, sharp=50, name="head"),
        thrown.turned(INSIDE, materials.metal("chalk"), at=place, turn=turn, segments=96, name="inside"),
        thrown.turned(thrown.smooth(BULB), materials.lamp_light(8.0), at=place, turn=turn, segments=40, name="bulb"),
        thrown.turned(
            [(0, -0.0125), (0.0125, -0.012), (0.0125, 0.012), (0, 0.0125)],
            joint,
            at=(end.x, 0, end.z),
            turn=(90, 0, 0),
            segments=40,
            name="joint",
        ),
        thrown.flex(CORD, materials.fabric("grey"), 0.0032),
    ]
