"""Points, faces and the eye. Millimetres; x to the right, y away from the viewer, z up."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nitka.seeds.drawing.finishes import Finish

Point = tuple[float, float, float]


def plus(a: Point, b: Point, times: float = 1.0) -> Point:
    """a + b · times."""
    return (a[0] + b[0] * times, a[1] + b[1] * times, a[2] + b[2] * times)


def dot(a: Point, b: Point) -> float:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Point, b: Point) -> Point:
    """Vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def unit(a: Point) -> Point:
    """The same direction, length one."""
    length = math.sqrt(dot(a, a)) or 1.0
    return (a[0] / length, a[1] / length, a[2] / length)


def normal_of(points: Sequence[Point]) -> Point:
    """Newell's normal: right for every flat polygon, also for concave ones."""
    x = y = z = 0.0
    for index, a in enumerate(points):
        b = points[(index + 1) % len(points)]
        x += (a[1] - b[1]) * (a[2] + b[2])
        y += (a[2] - b[2]) * (a[0] + b[0])
        z += (a[0] - b[0]) * (a[1] + b[1])
    return unit((x, y, z))


@dataclass(frozen=True)
class Face:
    """A flat polygon. Faces of one `group` are one smooth surface: no line is drawn between them."""

    points: tuple[Point, ...]
    finish: Finish
    group: str
    open: bool = False  # seen from both sides
    grain: Point | None = None
    part: str = ""  # for assembly: "leg.1" is one of the legs


@dataclass(frozen=True)
class Eye:
    """An orthographic view: degrees round the object, degrees above the floor."""

    azimuth: float = 28.0
    elevation: float = 18.0

    def axes(self) -> tuple[Point, Point, Point]:
        """Right, up and forward (into the picture) in space."""
        a, e = math.radians(self.azimuth), math.radians(self.elevation)
        right = (math.cos(a), math.sin(a), 0.0)
        up = (-math.sin(a) * math.sin(e), math.cos(a) * math.sin(e), math.cos(e))
        forward = (-math.sin(a) * math.cos(e), math.cos(a) * math.cos(e), -math.sin(e))
        return right, up, forward


FRONT, SIDE, TOP = Eye(0, 0), Eye(90, 0), Eye(0, 90)
POSTER = Eye()


def extent(faces: Iterable[Face], eye: Eye) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what the eye sees, in millimetres on the picture plane."""
    right, up, _ = eye.axes()
    flat = [(dot(p, right), dot(p, up)) for face in faces for p in face.points]
    return (min(u for u, _ in flat), min(v for _, v in flat), max(u for u, _ in flat), max(v for _, v in flat))


def moved(faces: Iterable[Face], by: Point) -> list[Face]:
    """The same faces, shifted."""
    return [_with_points(face, tuple(plus(p, by) for p in face.points)) for face in faces]


def part(name: str, faces: Iterable[Face]) -> list[Face]:
    """The same faces as one part that is put on in assembly."""
    return [replace(face, part=name) for face in faces]


def fitted(faces: Sequence[Face], measures: tuple[float, float, float]) -> list[Face]:
    """The same faces stretched to fill width, depth and height exactly, standing at height zero."""
    points = [p for face in faces for p in face.points]
    low = [min(p[axis] for p in points) for axis in range(3)]
    high = [max(p[axis] for p in points) for axis in range(3)]
    ratio = [want / (b - a) for want, a, b in zip(measures, low, high, strict=True)]
    zero = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2])

    def fit(p: Point) -> Point:
        return ((p[0] - zero[0]) * ratio[0], (p[1] - zero[1]) * ratio[1], (p[2] - zero[2]) * ratio[2])

    return [_with_points(face, tuple(fit(p) for p in face.points)) for face in faces]


def turned(faces: Iterable[Face], axis: str, degrees: float) -> list[Face]:
    """The same faces, turned round the x, y or z axis through the origin."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

    def turn(p: Point) -> Point:
        x, y, z = p
        if axis == "x":
            return (x, y * c - z * s, y * s + z * c)
        if axis == "y":
            return (x * c + z * s, y, z * c - x * s)
        return (x * c - y * s, x * s + y * c, z)

    return [_with_points(face, tuple(turn(p) for p in face.points), turn) for face in faces]


def _with_points(face: Face, points: tuple[Point, ...], turn=None) -> Face:
    grain = turn(face.grain) if turn and face.grain else face.grain
    return Face(points, face.finish, face.group, face.open, grain, face.part)
