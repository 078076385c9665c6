"""Parametric parts: boards, turned and tapered legs, swept tubes, cushions, woven seats, sheets. Metres."""

import itertools
import math
from collections.abc import Callable, Sequence

import bmesh
import bpy
from mathutils import Matrix, Vector

from studio.shape import Place, Point, along, bevelled, carried, finished, steps

Object = bpy.types.Object
Material = bpy.types.Material

__all__ = ["board", "carried", "curve", "lathe", "leg", "outline", "prism", "rod", "sheet", "skin", "taper", "tube"]


def outline(width: float, depth: float, corner: float = 0.0, segments: int = 8) -> list[tuple[float, float]]:
    """A rectangle round the origin with rounded corners."""
    x, y = width / 2, depth / 2
    if corner <= 0:
        return [(-x, -y), (x, -y), (x, y), (-x, y)]
    corner = min(corner, x - 1e-4, y - 1e-4)
    points, n = [], steps(segments, 3 if segments > 3 else 2)
    for cx, cy, start in ((x, -y, -90), (x, y, 0), (-x, y, 90), (-x, -y, 180)):
        mx, my = cx - math.copysign(corner, cx), cy - math.copysign(corner, cy)
        for k in range(n + 1):
            a = math.radians(start + 90 * k / n)
            points.append((mx + corner * math.cos(a), my + corner * math.sin(a)))
    return points


def prism(
    points: Sequence[Point],
    height: float,
    material: Material,
    *,
    at: Point = (0, 0, 0),
    turn: Point = (0, 0, 0),
    bevel: float = 0.003,
    grain: str | Place = "x",
    sharp: Callable[[Vector], bool] | None = None,
    name: str = "board",
) -> Object:
    """An outline in x and y, raised from z = 0 to `height`, its rims rounded but where `sharp` says no."""
    mesh = bmesh.new()
    low = [mesh.verts.new((p[0], p[1], 0)) for p in points]
    high = [mesh.verts.new((p[0], p[1], height)) for p in points]
    mesh.faces.new(low[::-1])
    mesh.faces.new(high)
    for n in range(len(points)):
        m = (n + 1) % len(points)
        mesh.faces.new((low[n], low[m], high[m], high[n]))
    bevelled(mesh, min(bevel, height * 0.49), steps(3, 1), sharp=sharp)
    place = along(grain) if isinstance(grain, str) else grain
    return finished(mesh, material, grain=place, at=at, turn=turn, name=name)


def board(
    size: Point,
    at: Point,
    material: Material,
    *,
    turn: Point = (0, 0, 0),
    bevel: float = 0.003,
    corner: float = 0.0,
    grain: str | None = None,
    name: str = "board",
) -> Object:
    """A board by its size and its middle; the grain runs along its longest side unless told otherwise."""
    grain = grain or "xyz"[max(range(3), key=lambda n: size[n])]
    points = outline(size[0], size[1], corner)
    thing = prism(points, size[2], material, bevel=bevel, grain=grain, name=name)
    thing.data.transform(Matrix.Translation((0, 0, -size[2] / 2)))
    return carried([thing], at, turn)[0]


def skin(rings: Sequence[Sequence[Point]], *, closed: bool = False, ends: bool = True) -> bmesh.types.BMesh:
    """A mesh over rings of equally many points; `closed` joins the last ring to the first."""
    mesh = bmesh.new()
    rows = [[mesh.verts.new(p) for p in ring] for ring in rings]
    pairs = list(itertools.pairwise(rows)) + ([(rows[-1], rows[0])] if closed else [])
    for low, high in pairs:
        for n in range(len(low)):
            m = (n + 1) % len(low)
            mesh.faces.new((low[n], low[m], high[m], high[n]))
    if ends and not closed:
        mesh.faces.new(rows[0][::-1])
        mesh.faces.new(rows[-1])
    return mesh


def lathe(
    profile: Sequence[Point],
    material: Material,
    *,
    at: Point = (0, 0, 0),
    turn: Point = (0, 0, 0),
    segments: int = 64,
    grain: str = "z",
    smooth: float = 35,
    name: str = "turned",
) -> Object:
    """A turned body from (radius, z) points, bottom to top; a radius of nought closes it."""
    n = steps(segments, 14)
    rings = []
    for r, z in profile:
        r = max(r, 1e-5)
        rings.append([(r * math.cos(2 * math.pi * k / n), r * math.sin(2 * math.pi * k / n), z) for k in range(n)])
    mesh = skin(rings)
    bmesh.ops.remove_doubles(mesh, verts=mesh.verts, dist=2e-5)
    return finished(mesh, material, grain=along(grain), at=at, turn=turn, smooth=smooth, name=name)


def leg(
    low: Point,
    high: Point,
    profile: Sequence[tuple[float, float]],
    material: Material,
    *,
    segments: int = 28,
    rounded: float = 0.004,
    smooth: float = 40,
    name: str = "leg",
) -> Object:
    """A turned leg from one point to another; profile = (share of the length 0..1, radius)."""
    a, b = Vector(low), Vector(high)
    length = (b - a).length
    points = [(r, t * length) for t, r in profile]
    first, last = points[0], points[-1]
    e = min(rounded, first[0] * 0.6, last[0] * 0.6)
    arc = [(math.sin(t * math.pi / 6), math.cos(t * math.pi / 6)) for t in range(4)]
    start = [(first[0] - e + e * s, first[1] + e * (1 - c)) for s, c in arc]
    stop = [(last[0] - e + e * s, last[1] - e * (1 - c)) for s, c in reversed(arc)]
    thing = lathe(
        [(0, first[1]), *start, *points[1:-1], *stop, (0, last[1])],
        material, segments=segments, smooth=smooth, name=name,
    )  # fmt: skip
    thing.matrix_world = Matrix.Translation(a) @ (b - a).to_track_quat("Z", "Y").to_matrix().to_4x4()
    _sawn_level(thing, min(a.z, b.z))
    return thing


def _sawn_level(thing: Object, z: float) -> None:
    """A leg that leans still stands flat."""
    if thing.matrix_world.to_3x3().col[2].z < 0.5:
        return
    back = thing.matrix_world.inverted()
    for v in thing.data.vertices:
        spot = thing.matrix_world @ v.co
        if spot.z < z:
            v.co = back @ Vector((spot.x, spot.y, z))


def rod(low: Point, high: Point, radius: float, material: Material, *, name: str = "rod") -> Object:
    """A round bar of one thickness."""
    return leg(low, high, [(0, radius), (1, radius)], material, rounded=radius * 0.2, name=name)


def taper(
    low: Point,
    high: Point,
    foot: tuple[float, float],
    head: tuple[float, float],
    material: Material,
    *,
    bevel: float = 0.004,
    name: str = "leg",
) -> Object:
    """A four-sided leg that thins towards its foot; its ends stay level, as on a saw."""
    a, b = Vector(low), Vector(high)
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    rings = [
        [(a.x + sx * foot[0] / 2, a.y + sy * foot[1] / 2, a.z) for sx, sy in corners],
        [(b.x + sx * head[0] / 2, b.y + sy * head[1] / 2, b.z) for sx, sy in corners],
    ]
    mesh = skin(rings)
    bevelled(mesh, bevel, steps(3, 1))
    return finished(mesh, material, grain=along("z"), name=name)


def curve(points: Sequence[Point], pieces: int = 8, *, closed: bool = False) -> list[Vector]:
    """A smooth way through points (Catmull-Rom), cut into `pieces` between each two."""
    given = [Vector(p) for p in points]
    n, pieces = len(given), steps(pieces, 3)
    way = []
    for k in range(n if closed else n - 1):
        if closed:
            p = [given[(k + d) % n] for d in (-1, 0, 1, 2)]
        else:
            p = [given[max(0, min(n - 1, k + d))] for d in (-1, 0, 1, 2)]
        for i in range(pieces):
            t = i / pieces
            way.append(
                0.5 * (2 * p[1] + (p[2] - p[0]) * t + (2 * p[0] - 5 * p[1] + 4 * p[2] - p[3]) * t * t
                       + (3 * p[1] - p[0] - 3 * p[2] + p[3]) * t**3)
            )  # fmt: skip
    return way if closed else [*way, given[-1]]


def tube(
    way: Sequence[Point],
    section: float | Sequence[float] | Sequence[tuple[float, float]],
    material: Material,
    *,
    closed: bool = False,
    sides: int = 16,
    up: Point = (0, 0, 1),
    rounded: float = 0.25,
    name: str = "tube",
) -> Object:
    """A bar swept along a way. The section is a radius, one radius per point, or one (width, height) per point.

    The height of a flat section points to `up`; `rounded` is the share of its smaller half that is rounded off.
    """
    points = [Vector(p) for p in way]
    sizes = list(section) if isinstance(section, Sequence) else [section] * len(points)
    mesh = skin([_ring(points, k, sizes[k], closed, steps(sides, 6), Vector(up), rounded) for k in range(len(points))],
                closed=closed)  # fmt: skip
    lengths, total = [0.0], 0.0
    for a, b in itertools.pairwise(points):
        total += (b - a).length
        lengths.append(total)
    width = len(mesh.verts) // len(points)
    mesh.verts.ensure_lookup_table()
    values = []
    for n, v in enumerate(mesh.verts):
        off = v.co - points[n // width]
        values.append((lengths[n // width], off.x + off.z * 0.31, off.z + off.y))
    return finished(mesh, material, grain=values, smooth=50, name=name)


def _ring(points, k, size, closed, sides, up, rounded) -> list[Vector]:
    """The section of a swept bar at its k-th point."""
    last = len(points) - 1
    before, after = points[k - 1 if k or closed else 0], points[(k + 1) % len(points) if k < last or closed else last]
    way = (after - before).normalized()
    side = way.cross(up)
    if side.length < 1e-4:
        side = way.cross(Vector((1, 0, 0)) if abs(way.x) < 0.9 else Vector((0, 1, 0)))
    side.normalize()
    over = side.cross(way)
    if isinstance(size, (int, float)):
        flat = [(size * math.cos(2 * math.pi * i / sides), size * math.sin(2 * math.pi * i / sides))
                for i in range(sides)]  # fmt: skip
    else:
        flat = outline(size[0], size[1], min(size) / 2 * rounded, 3)
    return [points[k] + side * x + over * y for x, y in flat]


def sheet(
    width: float,
    depth: float,
    thickness: float,
    material: Material,
    *,
    shape: Callable[[float, float], Point] | None = None,
    cells: tuple[int, int] = (60, 60),
    name: str = "sheet",
) -> Object:
    """A cloth: shape(u, v) with u, v in −1..1 gives its point; flat without one; thick on both sides."""
    nx, ny = steps(cells[0]), steps(cells[1])
    shape = shape or (lambda u, v: (u * width / 2, v * depth / 2, 0.0))
    mesh = bmesh.new()
    rows = [[mesh.verts.new(shape(2 * i / nx - 1, 2 * j / ny - 1)) for i in range(nx + 1)] for j in range(ny + 1)]
    values = [(u, v, 0.0) for v in _spread(depth, ny) for u in _spread(width, nx)]
    for j in range(ny):
        for i in range(nx):
            mesh.faces.new((rows[j][i], rows[j][i + 1], rows[j + 1][i + 1], rows[j + 1][i]))
    thing = finished(mesh, material, grain=values, smooth=70, name=name)
    if thickness > 0:
        _thicken(thing, thickness)
    return thing


def _spread(length: float, pieces: int) -> list[float]:
    """Even distances from one side to the other."""
    return [length * (k / pieces - 0.5) for k in range(pieces + 1)]


def _thicken(thing: Object, thickness: float) -> None:
    """Give a sheet its two sides."""
    solid = thing.modifiers.new("thick", "SOLIDIFY")
    solid.thickness, solid.offset = thickness, 0
    with bpy.context.temp_override(object=thing, active_object=thing, selected_objects=[thing]):
        bpy.ops.object.modifier_apply(modifier=solid.name)
