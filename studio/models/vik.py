"""Vik: a stool with a dished round seat on four splayed legs, its rails at two levels."""

import math

from studio.materials import wood
from studio.parts import lathe, leg, rod

DETAIL = {"look": (-0.06, -0.10, 0.43), "from": (-0.35, -0.9, 0.62), "width": 0.34}


def build(options):
    """A stool 400 across its feet, 450 or 650 high."""
    ash = wood(options.get("wood", "ash"))
    h = 0.65 if options.get("height") == "h65" else 0.45
    rim = 0.172
    things = [
        lathe(
            [(0, h - 0.034), (rim - 0.04, h - 0.034), (rim - 0.014, h - 0.029), (rim - 0.004, h - 0.021),
             (rim, h - 0.012), (rim - 0.002, h - 0.005), (rim - 0.009, h - 0.0008), (rim - 0.018, h),
             (rim - 0.035, h - 0.002), (rim * 0.62, h - 0.0065), (rim * 0.3, h - 0.009), (0, h - 0.0095)],
            ash, segments=96, grain="x", smooth=60, name="seat",
        )
    ]  # fmt: skip
    spots = []
    for n in range(4):
        turn = math.radians(45 + 90 * n)
        c, s = math.cos(turn), math.sin(turn)
        low, high = (c * 0.2685, s * 0.2685, 0.0), (c * 0.106, s * 0.106, h - 0.03)
        profile = [(0, 0.0105), (0.2, 0.0135), (0.42, 0.0165), (0.6, 0.0172), (0.85, 0.0155), (1, 0.0135)]
        things.append(leg(low, high, profile, ash))
        share = 0.40 if h < 0.55 else 0.32
        spots.append([a + (b - a) * share for a, b in zip(low, high, strict=True)])
    for n, a in enumerate(spots):
        b, lift = spots[(n + 1) % 4], 0.0 if n % 2 else 0.034
        inward = 1 - lift * 1.05
        things.append(
            rod((a[0] * inward, a[1] * inward, a[2] + lift), (b[0] * inward, b[1] * inward, b[2] + lift), 0.0085, ash)
        )
    return things
