"""Lind: a dining chair with turned legs, a bent back and a seat of paper cord."""

import math

from studio.materials import paper_cord, wood
from studio.parts import curve, leg, rod, tube
from studio.soft import woven_seat

DETAIL = {"look": (0.02, -0.10, 0.46), "from": (-0.55, -0.8, 0.85), "width": 0.36}
SEAT = 0.445


def build(options):
    """A chair 490 wide, 530 deep, 790 high."""
    oak, cord = wood(options.get("wood", "oak")), paper_cord()
    things = []
    for side in (-1, 1):
        things.append(_front_leg(side, oak))
        things.append(_back_leg(side, oak))
        things += _side_rails(side, oak)
    things += [
        rod((-0.21, -0.232, 0.225), (0.21, -0.232, 0.225), 0.0085, oak),
        rod((-0.185, 0.178, 0.275), (0.185, 0.178, 0.275), 0.0085, oak),
    ]
    corners = ((-0.212, -0.228, SEAT - 0.012), (0.212, -0.228, SEAT - 0.012),
               (0.180, 0.176, SEAT - 0.022), (-0.180, 0.176, SEAT - 0.022))  # fmt: skip
    for n in range(4):
        things.append(rod(corners[n], corners[(n + 1) % 4], 0.011, oak))
    things += woven_seat(corners, cord, rail=0.0145)
    things += _back(oak)
    return things


def _front_leg(side, oak):
    """Turned: slim at the foot, full under the rails, a rounded head above the seat."""
    profile = [(0, 0.0105), (0.12, 0.0125), (0.42, 0.0175), (0.60, 0.0195), (0.80, 0.0185), (0.93, 0.0175), (1, 0.0165)]
    return leg((side * 0.2335, -0.2535, 0), (side * 0.222, -0.236, SEAT + 0.004), profile, oak, rounded=0.007)


def _back_leg(side, oak):
    """Bent backwards above the seat."""
    way = curve([(side * 0.202, 0.2535, 0.0023), (side * 0.196, 0.215, 0.20), (side * 0.191, 0.184, 0.41),
                 (side * 0.195, 0.186, 0.52), (side * 0.205, 0.213, 0.66), (side * 0.214, 0.246, 0.775)],
                 9)  # fmt: skip
    n = len(way) - 1
    sizes = [0.0115 + 0.0075 * math.sin(math.pi * min(1, (k / n) * 1.12)) ** 0.8 for k in range(n + 1)]
    sizes[-2:] = [0.0105, 0.0085]
    return tube([*way, way[-1] + (way[-1] - way[-2]).normalized() * 0.003], [*sizes, 0.005], oak, sides=24, name="leg")


def _side_rails(side, oak):
    """Two stretchers under the seat."""
    return [
        rod((side * 0.229, -0.244, 0.165), (side * 0.196, 0.217, 0.188), 0.0085, oak),
        rod((side * 0.226, -0.240, 0.285), (side * 0.193, 0.196, 0.300), 0.0085, oak),
    ]


def _back(oak):
    """A broad bent rail to lean on, and a slim one under it."""

    def bow(x, y, z, deep):
        return curve([(x * t, y + deep * (1 - t * t), z) for t in (-1, -0.6, -0.2, 0.2, 0.6, 1)], 6)  # fmt: skip

    top = bow(0.222, 0.218, 0.742, 0.040)
    n = len(top) - 1
    sizes = [(0.017, 0.060 + 0.030 * math.sin(math.pi * k / n)) for k in range(n + 1)]
    low = bow(0.199, 0.196, 0.600, 0.034)
    return [
        tube(top, sizes, oak, rounded=0.9, name="back"),
        tube(low, [(0.013, 0.030)] * len(low), oak, rounded=0.9, name="back"),
    ]
