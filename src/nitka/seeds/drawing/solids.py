"""Parts: boards, rods, turned and bent things, cushions. Each returns faces whose normals look outward."""

import itertools
import math
from collections.abc import Sequence

from nitka.seeds.drawing.finishes import Finish
from nitka.seeds.drawing.space import Face, Point, cross, plus, unit

Flat = tuple[float, float]
_made = 0


def _name(kind: str) -> str:
    """A group of its own for every part, so that a line separates it from its neighbour."""
    global _made
    _made += 1
    return f"{kind}{_made}"


def board(a: Point, b: Point, finish: Finish, grain: str = "") -> list[Face]:
    """A straight board between two opposite corners; the grain runs along its longest side."""
    (x0, y0, z0), (x1, y1, z1) = a, b
    longest = grain or max(("x", x1 - x0), ("y", y1 - y0), ("z", z1 - z0), key=lambda side: side[1])[0]
    along = {"x": (1.0, 0.0, 0.0), "y": (0.0, 1.0, 0.0), "z": (0.0, 0.0, 1.0)}[longest]
    c = [(x, y, z) for z in (z0, z1) for y in (y0, y1) for x in (x0, x1)]
    sides = ((0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (3, 2, 6, 7), (1, 3, 7, 5), (2, 0, 4, 6))
    name = _name("board")
    return [Face(tuple(c[i] for i in side), finish, f"{name}.{n}", grain=along) for n, side in enumerate(sides)]


def skin(
    rows: Sequence[Sequence[Point]],
    finish: Finish,
    group: str,
    *,
    closed: bool = True,
    grain: Point | None = None,
    both_sides: bool = False,
) -> list[Face]:
    """A smooth surface over a net of points; `closed` joins the last column to the first."""
    faces = []
    for low, high in itertools.pairwise(rows):
        for i in range(len(low) if closed else len(low) - 1):
            j = (i + 1) % len(low)
            for corners in ((low[i], low[j], high[j]), (low[i], high[j], high[i])):
                if len(set(corners)) == 3:
                    faces.append(Face(corners, finish, group, both_sides, grain))
    return faces


def lathe(
    profile: Sequence[Flat],
    finish: Finish,
    at: Point = (0, 0, 0),
    steps: int = 64,
    both_sides: bool = False,
    crease: float = 35,
) -> list[Face]:
    """A turned part from (radius, height) pairs, from the bottom up; sharp corners get a line."""
    faces: list[Face] = []
    name, part = _name("lathe"), 0
    turns = [(math.cos(t), math.sin(t)) for t in (2 * math.pi * i / steps for i in range(steps))]
    rings = [[(at[0] + r * c, at[1] + r * s, at[2] + z) for c, s in turns] for r, z in profile]
    for i in range(len(profile) - 1):
        if i and _bend(profile[i - 1], profile[i], profile[i + 1]) > crease:
            part += 1
        faces += skin(rings[i : i + 2], finish, f"{name}.{part}", both_sides=both_sides)
    return faces


def smooth(profile: Sequence[Flat], steps: int = 5) -> list[Flat]:
    """Catmull-Rom between the inner points of a profile; its first and last stay sharp."""
    points = [profile[1], *profile[1:-1], profile[-2]]
    out = [profile[0]]
    for a, b, c, d in zip(points, points[1:], points[2:], points[3:], strict=False):
        for k in range(steps):
            t = k / steps
            out.append((_between(a[0], b[0], c[0], d[0], t), _between(a[1], b[1], c[1], d[1], t)))
    return [*out, profile[-2], profile[-1]]


def _between(p: float, q: float, r: float, s: float, t: float) -> float:
    """The Catmull-Rom spline between q and r."""
    return 0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t**3)


def _bend(a: Flat, b: Flat, c: Flat) -> float:
    one, two = math.atan2(b[1] - a[1], b[0] - a[0]), math.atan2(c[1] - b[1], c[0] - b[0])
    return abs(math.degrees((two - one + math.pi) % (2 * math.pi) - math.pi))


def rod(a: Point, b: Point, radius: float, finish: Finish, end: float | None = None, steps: int = 20) -> list[Face]:
    """A round leg or rail from a to b, thinner or thicker at its end."""
    return tube([a, b], radius, finish, end=end, steps=steps)


def tube(
    path: Sequence[Point], radius: float, finish: Finish, end: float | None = None, steps: int = 16, flat: float = 1.0
) -> list[Face]:
    """A round (or, with `flat` below 1, oval) bar along a path, with caps."""
    name = _name("tube")
    last = len(path) - 1
    rings, aside = [], None
    for i, p in enumerate(path):
        before, after = path[max(0, i - 1)], path[min(last, i + 1)]
        ahead = unit(plus(after, before, -1))
        if aside is None:
            aside = unit(cross(ahead, (0.0, 0.0, 1.0) if abs(ahead[2]) < 0.9 else (0.0, 1.0, 0.0)))
        over = unit(cross(aside, ahead))
        aside = unit(cross(ahead, over))
        r = radius + ((end if end is not None else radius) - radius) * i / last
        turn = [2 * math.pi * k / steps for k in range(steps)]
        rings.append([plus(plus(p, aside, r * math.cos(t)), over, -r * flat * math.sin(t)) for t in turn])
    along = unit(plus(path[-1], path[0], -1))
    faces = skin(rings, finish, name, grain=along)
    caps = (tuple(reversed(rings[0])), tuple(rings[-1]))
    return faces + [Face(cap, finish, f"{name}.{n}", open=True) for n, cap in enumerate(caps)]


def prism(
    outline: Sequence[Flat],
    low: float,
    high: float,
    finish: Finish,
    axis: str = "z",
    grain: str = "x",
    crease: float = 30,
) -> list[Face]:
    """A flat shape (counter-clockwise) given thickness along an axis."""
    place = {
        "z": lambda u, v, t: (u, v, t),
        "x": lambda u, v, t: (t, u, v),
        "y": lambda u, v, t: (v, t, u),
    }[axis]
    along = {"x": (1.0, 0.0, 0.0), "y": (0.0, 1.0, 0.0), "z": (0.0, 0.0, 1.0)}[grain]
    name, part = _name("prism"), 0
    faces = [
        Face(tuple(place(u, v, high) for u, v in outline), finish, f"{name}.top", grain=along),
        Face(tuple(place(u, v, low) for u, v in reversed(outline)), finish, f"{name}.under", grain=along),
    ]
    for i, a in enumerate(outline):
        b, c = outline[(i + 1) % len(outline)], outline[(i + 2) % len(outline)]
        corners = (place(*a, low), place(*b, low), place(*b, high), place(*a, high))
        faces.append(Face(corners, finish, f"{name}.{part}", grain=along))
        part += _bend(a, b, c) > crease
    return faces


def rounded(width: float, depth: float, radius: float, at: Flat = (0, 0), steps: int = 8) -> list[Flat]:
    """The outline of a rectangle with round corners, round its middle."""
    w, d = width / 2 - radius, depth / 2 - radius
    corners = ((w, d, 0), (-w, d, 90), (-w, -d, 180), (w, -d, 270))
    return [
        (
            at[0] + x + radius * math.cos(math.radians(start + 90 * k / steps)),
            at[1] + y + radius * math.sin(math.radians(start + 90 * k / steps)),
        )
        for x, y, start in corners
        for k in range(steps + 1)
    ]


def band(radius: float, thickness: float, start: float, stop: float, at: Flat = (0, 0), steps: int = 32) -> list[Flat]:
    """The outline of a bent strip: part of a ring between two angles in degrees."""
    turns = [math.radians(start + (stop - start) * k / steps) for k in range(steps + 1)]
    outer = [(at[0] + (radius + thickness) * math.cos(t), at[1] + (radius + thickness) * math.sin(t)) for t in turns]
    inner = [(at[0] + radius * math.cos(t), at[1] + radius * math.sin(t)) for t in reversed(turns)]
    return outer + inner


def cushion(
    width: float,
    depth: float,
    height: float,
    finish: Finish,
    at: Point = (0, 0, 0),
    softness: float = 0.35,
    steps: int = 88,
) -> list[Face]:
    """A stuffed cushion (superellipsoid): softness near 0 is a block, 1 a ball."""

    def power(value: float, by: float) -> float:
        return math.copysign(abs(value) ** by, value)

    rows = []
    for i in range(steps // 2 + 1):
        v = -math.pi / 2 + math.pi * i / (steps // 2)
        ring = []
        for k in range(steps):
            u = 2 * math.pi * k / steps
            ring.append(
                (
                    at[0] + width / 2 * power(math.cos(v), softness) * power(math.cos(u), softness),
                    at[1] + depth / 2 * power(math.cos(v), softness) * power(math.sin(u), softness),
                    at[2] + height / 2 * power(math.sin(v), softness * 1.6),
                )
            )
        rows.append(ring)
    return skin(rows, finish, _name("cushion"))


def pillow(width: float, height: float, thickness: float, finish: Finish, steps: int = 64) -> list[Face]:
    """A scatter cushion standing in the x-z plane, full in the middle, thin at its seams, pointed corners."""
    name = _name("pillow")
    faces = []
    for side in (-1, 1):
        rows = []
        for i in range(steps + 1):
            b = -1 + 2 * i / steps
            row = []
            for k in range(steps + 1):
                a = -1 + 2 * k / steps
                full = ((1 - a**4) * (1 - b**4)) ** 0.5
                x = a * width / 2 * (1 - 0.07 * (1 - b * b) ** 2)
                z = b * height / 2 * (1 - 0.07 * (1 - a * a) ** 2)
                row.append((x, side * thickness / 2 * full, z + height / 2))
            rows.append(row if side < 0 else row[::-1])
        faces += skin(rows, finish, f"{name}.{side}", closed=False, grain=(1.0, 0.0, 0.0))
    return faces
