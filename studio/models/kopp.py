"""Kopp, a stoneware mug: straight wall, raw foot, an ear for three fingers, thin lip."""

import math

from studio import materials, thrown
from studio.parts import curve, tube
from studio.scene import View
from studio.shading import Shader, linear
from studio.shape import carried

MAIN = {"glaze": "dune"}
RADIUS, HIGH, WIDE = 0.044, 0.095, 0.125
DETAIL = {"look": (-0.02, -0.03, 0.03), "from": (-0.3, -1, 0.35), "width": 0.12}
VIEWS = {"angle": View((-0.30, -1, 0.50), 85, 0.74)}


def coffee():
    """Filter coffee, black."""
    s = Shader("coffee")
    s.surface(Base_Color=linear("#2A170C"), Roughness=0.04, Coat_Weight=0.3)
    s.material["gltf"] = {"colour": "#2A170C", "roughness": 0.1, "metallic": 0.0, "texture": ""}
    return s.material


def mug(glaze: str, at=(0.0, 0.0, 0.0), turn: float = 0.0, full: bool = True) -> list:
    """The pot, its foot and its ear; the wall's middle stands on `at`."""
    r, h = RADIUS, HIGH
    outer = [
        (r * 0.925, 0.0125),
        (r * 0.955, 0.016),
        (r * 0.985, h * 0.32),
        (r, h * 0.52),
        (r * 0.995, h * 0.75),
        (r * 0.985, h - 0.003),
        (r * 0.975, h - 0.0004),
        (r * 0.955, h),
        (r * 0.94, h - 0.0012),
    ]
    inner = [(r * 0.925, h * 0.85), (r * 0.92, h * 0.5), (r * 0.90, h * 0.25), (r * 0.80, 0.011), (r * 0.5, 0.008)]

    def thin(reach: float, z: float) -> float:
        """Brown shines through at the lip, and where the glaze ends above the foot."""
        return max(0.0, 1 - abs(z - h) / 0.0035, 0.8 - abs(z - 0.0125) / 0.004 if reach > r * 0.9 else 0.0)

    wall = thrown.smooth([*outer, *inner, (0, 0.008)], 7)
    ripple = [(x + (0.00028 * math.sin(z * 520) if 0.02 < z < h - 0.012 else 0), z) for x, z in wall]
    foot = [
        (0, 0.002),
        (r * 0.66, 0.002),
        (r * 0.70, 0.0),
        (r * 0.80, 0.0),
        (r * 0.85, 0.0015),
        (r * 0.91, 0.010),
        (r * 0.915, 0.0128),
    ]
    things = [
        thrown.turned(ripple, materials.glaze(glaze), wobble=0.0004, thin=thin, sharp=80, segments=120, name="mug"),
        thrown.turned(foot, materials.clay(), wobble=0.0004, sharp=50, name="foot"),
        ear(glaze),
    ]
    if full:
        things.append(thrown.disc(r * 0.93, h * 0.83, coffee()))
    return carried(things, at, (0, 0, turn))


def ear(glaze: str):
    """A pulled handle: broad where it leaves the wall, narrow below."""
    r, h = RADIUS, HIGH
    reach = WIDE - 2 * r
    spots = [
        (r * 0.93, h * 0.82),
        (r + reach * 0.45, h * 0.835),
        (r + reach * 0.90, h * 0.72),
        (r + reach * 0.87, h * 0.5),
        (r + reach * 0.55, h * 0.315),
        (r * 0.93, h * 0.245),
    ]
    way = curve([(x, 0, z) for x, z in spots], 9)
    sizes = []
    for k in range(len(way)):
        t = k / (len(way) - 1)
        ends = max(0.0, 1 - min(t, 1 - t) / 0.12)
        sizes.append((0.0125 - 0.003 * t + 0.005 * ends, 0.0082 - 0.0012 * t + 0.003 * ends))
    furthest = max(p.x + 0.004 for p in way)
    for p in way:
        p.x += (r + reach - furthest) * min(1.0, max(0.0, (p.x - r * 0.93) / 0.02))
    return tube(way, sizes, materials.glaze(glaze), up=(0, 1, 0), rounded=0.95, name="ear")


def build(options: dict[str, str]) -> list:
    """A mug of coffee; the ear to the right, as the hand comes."""
    shift = -(WIDE / 2 - RADIUS)
    glaze = options.get("glaze", "dune")
    return mug(glaze, (shift, 0, 0)) + thrown.prop(mug(glaze, (shift - 0.075, 0.115, 0), 38, full=False), True)
