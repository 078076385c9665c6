"""Bodies of revolution with a wall of their own: thrown pots, spun shades, tins; laid out round their girth."""

import math
from collections.abc import Callable, Sequence

from mathutils import noise

from studio.parts import Material, Object, curve, skin, tube
from studio.shape import Point, finished, steps


def smooth(points: Sequence[tuple[float, float]], pieces: int = 6) -> list[tuple[float, float]]:
    """A soft line through (radius, height) points."""
    return [(max(0.0, p[0]), p[2]) for p in curve([(r, 0, z) for r, z in points], pieces)]


def turned(
    profile: Sequence[tuple[float, float]],
    material: Material,
    *,
    at: Point = (0, 0, 0),
    turn: Point = (0, 0, 0),
    segments: int = 96,
    hollow: bool = False,
    wobble: float = 0.0,
    thin: Callable[[float, float], float] | None = None,
    sharp: float = 40,
    name: str = "thrown",
) -> Object:
    """A turned body; `hollow` joins the profile's end to its start (a shell with two sides).

    `wobble` is how far a hand-made wall strays (metres); `thin` tells where the glaze is thin, from radius and height.
    """
    n = steps(segments, 16)
    rings, values, gone, before = [], [], 0.0, profile[0]
    girth = max(r for r, _ in profile)
    for r, z in profile:
        gone += math.dist((r, z), before)
        before = (r, z)
        ring = []
        for k in range(n):
            a = math.pi / 2 + 2 * math.pi * k / n
            stray = wobble * noise.noise((math.cos(a) * 1.3, math.sin(a) * 1.3, z * 9 + girth * 50)) if wobble else 0
            reach = max(1e-5, r + stray * min(1.0, r / girth * 1.5))
            ring.append((reach * math.cos(a), reach * math.sin(a), z))
            values.append((2 * math.pi * girth * k / n, gone, 0.0))
        rings.append(ring)
    mesh = skin(rings, closed=hollow, ends=False)
    thing = finished(mesh, material, grain=values, at=at, turn=turn, smooth=sharp, name=name)
    if thin is not None:
        layer = thing.data.attributes.new("thin", "FLOAT", "POINT")
        layer.data.foreach_set("value", [thin(r, z) for r, z in profile for _ in range(n)])
    return thing


def prop(things: Sequence[Object], framed: bool = False) -> list[Object]:
    """Things that stand beside the goods and are not measured with them; `framed` keeps them whole in the picture."""
    for thing in things:
        thing["measured"], thing["framed"] = False, framed
    return list(things)


def flex(way: Sequence[Point], material: Material, radius: float = 0.003) -> Object:
    """A textile cord that lies or hangs along a way."""
    return prop([tube(curve(way, 10), radius, material, sides=10, name="flex")])[0]


def disc(radius: float, z: float, material: Material, at: Point = (0, 0, 0)) -> Object:
    """A flat round face that looks up."""
    return turned([(radius, z), (radius * 0.5, z), (0, z)], material, at=at, name="disc")
