"""Fyr, a table lamp: a foot of thrown stoneware, a shade of natural linen that lets the light through."""

import math

from studio import materials, thrown
from studio.scene import View

MAIN = {"glaze": "dune"}
RADIUS, HIGH = 0.160, 0.480
DETAIL = {"look": (-0.01, -0.06, 0.265), "from": (-0.45, -1, 0.22), "width": 0.30}
VIEWS = {"angle": View((-0.45, -1, 0.18), 85, 0.74)}
BODY = 0.245


def pot(glaze: str) -> list:
    """The foot: thrown in one piece, rings of the fingers still in it, clay bare at the ground."""
    spots = [
        (0.0850, 0.010),
        (0.0905, 0.022),
        (0.1030, 0.060),
        (0.1075, 0.095),
        (0.1030, 0.135),
        (0.0860, 0.175),
        (0.0560, 0.212),
        (0.0370, 0.230),
        (0.0310, 0.239),
        (0.0300, BODY - 0.0015),
        (0.0285, BODY),
    ]
    line = [(r + 0.00045 * math.sin(z * 300) * (0.02 < z < 0.2), z) for r, z in thrown.smooth(spots, 9)]

    def thin(reach: float, z: float) -> float:
        """Thinner at the shoulder and where it ends."""
        return max(0.0, 0.55 - abs(z - 0.205) / 0.05, 0.9 - abs(z - 0.010) / 0.006, 1 - abs(z - BODY) / 0.006)

    foot = [(0, 0.002), (0.068, 0.002), (0.071, 0.0), (0.079, 0.0), (0.082, 0.0015), (0.0848, 0.0103)]
    return [
        thrown.turned([*line, (0, BODY)], materials.glaze(glaze), wobble=0.0012, thin=thin, sharp=80, segments=120),
        thrown.turned(foot, materials.clay(), wobble=0.0008, sharp=50, name="foot"),
    ]


def shade() -> list:
    """Linen on two rings, with a narrow hem."""
    low, high, top = HIGH * 0.56, HIGH, RADIUS * 0.70
    linen = materials.linen_shade()
    wall = [(RADIUS - 0.0012 + (top - RADIUS) * t, low + (high - low) * t) for t in (k / 12 for k in range(13))]
    things = [thrown.turned(wall, linen, segments=144, name="shade")]
    hem = materials.fabric("natural")
    for r, z0, z1 in ((RADIUS, low, low + 0.009), (top, high - 0.008, high)):
        slope = (top - RADIUS) / (high - low) * (z1 - z0)
        r0 = r - (0 if z0 == low else slope)
        band = [
            (r0 - 0.0022, z0 + 0.0006),
            (r0 - 0.001, z0),
            (r0, z0 + 0.0006),
            (r0 + slope, z1 - 0.0006),
            (r0 + slope - 0.001, z1),
            (r0 + slope - 0.0022, z1 - 0.0006),
        ]
        things.append(thrown.turned(band, hem, hollow=True, segments=144, name="hem"))
    return things


def build(options: dict[str, str]) -> list:
    """Pot, brass neck, bulb, shade, and the cord that leaves at the back."""
    neck = [
        (0.0, BODY),
        (0.017, BODY),
        (0.0175, BODY + 0.004),
        (0.0155, BODY + 0.007),
        (0.0115, BODY + 0.008),
        (0.0115, BODY + 0.055),
        (0, BODY + 0.055),
    ]
    bulb = [(0.0105, 0.300), (0.013, 0.312), (0.021, 0.330), (0.0235, 0.346), (0.019, 0.366), (0.0, 0.376)]
    cord = [
        (0.02, 0.078, 0.018),
        (0.05, 0.110, 0.0035),
        (0.16, 0.16, 0.0035),
        (0.27, 0.11, 0.0035),
        (0.40, 0.16, 0.0035),
        (0.62, 0.36, 0.0035),
        (1.4, 0.7, 0.0035),
    ]
    return [
        *pot(options.get("glaze", "dune")),
        thrown.turned(neck, materials.metal("brass"), segments=48, name="neck"),
        thrown.turned(thrown.smooth(bulb), materials.lamp_light(17.0), segments=40, name="bulb"),
        *shade(),
        thrown.flex(cord, materials.fabric("natural"), 0.003),
    ]
