"""Måne, a pendant of spun aluminium: a deep dome, white inside, on a textile cord."""

import math

from studio import materials, thrown
from studio.scene import View
from studio.shape import Quality

MAIN = {"colour": "chalk"}
MOUNT = "ceiling"
RADIUS, HIGH = 0.200, 0.260
DETAIL = {"look": (0.0, -0.02, 0.235), "from": (-0.5, -1, 0.55), "width": 0.24}
VIEWS = {"angle": View((-0.35, -1, -0.10), 85, 0.60), "front": View((0, -1, 0.02), 200, 0.66)}
BULB = [
    (0.0, 0.052),
    (0.018, 0.056),
    (0.033, 0.072),
    (0.0375, 0.090),
    (0.033, 0.110),
    (0.020, 0.135),
    (0.0135, 0.150),
]


def dome() -> list[tuple[float, float]]:
    """The outer line from the rim to the neck: steep first, then a soft shoulder."""
    top = HIGH * 0.80
    spots = [(RADIUS, 0.004)]
    for k in range(1, 30):
        t = math.radians(90 * k / 30)
        spots.append((RADIUS * math.cos(t) ** 0.86, 0.004 + (top - 0.004) * math.sin(t) ** 1.04))
    return [p for p in spots if p[0] > 0.021]


def build(options: dict[str, str]) -> list:
    """Shade, white inside, neck, bulb; the cord goes up and out of the picture."""
    paint, white = materials.metal(options.get("colour", "chalk")), materials.metal("chalk")
    line = dome()
    neck = line[-1][1]
    rim = [(RADIUS - 0.0032, 0.0022), (RADIUS - 0.003, 0.0004), (RADIUS - 0.0015, 0.0), (RADIUS - 0.0002, 0.0012)]
    outer = [*rim, *thrown.smooth(line, 2), (0.020, neck + 0.001), (0.0, neck + 0.001)]
    inner = [
        (r - 0.0028 + 0.00025 * (k % 2), z - 0.0018)
        for k, (r, z) in enumerate(thrown.smooth(line, 1 if Quality.factor < 0.7 else 3))
    ]
    inner = [(RADIUS - 0.0032, 0.0022), *inner, (0.0, neck - 0.004)]
    cap = [
        (0.0215, neck - 0.002),
        (0.0215, neck + 0.030),
        (0.0195, neck + 0.0345),
        (0.0075, HIGH - 0.012),
        (0.0055, HIGH - 0.010),
        (0.0052, HIGH),
        (0, HIGH),
    ]
    socket = [(0.0135, 0.148), (0.021, 0.150), (0.021, neck)]
    return [
        thrown.turned(outer, paint, segments=160, sharp=50, name="shade"),
        thrown.turned(inner, white, segments=160, sharp=70, name="inside"),
        thrown.turned(cap, materials.metal("brass"), segments=48, name="neck"),
        thrown.turned(thrown.smooth(BULB), materials.lamp_light(7.0), segments=48, name="bulb"),
        thrown.turned(socket, white, segments=32, name="socket"),
        thrown.flex(
            [(0, 0, HIGH - 0.002), (0, 0, HIGH + 0.5), (0, 0, HIGH + 1.5), (0, 0, HIGH + 3.0)],
            materials.fabric("sand" if options.get("colour") == "chalk" else "grey"),
            0.0032,
        ),
    ]
