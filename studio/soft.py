"""Soft parts: cushions with piped seams, and a seat woven from cord."""

import itertools
import math
import random
from collections.abc import Sequence

import bmesh
from mathutils import Vector, noise

from studio.parts import Material, Object, skin, tube
from studio.shape import Point, Quality, along, carried, finished, steps


def _plump(p: Vector, size: Point, exponent: float, crown: float, creases: float, seed: float) -> Vector:
    """A point of a cube's surface (−1..1) on the cushion: a soft box, higher in its middle, never quite even."""
    reach = (abs(p.x) ** exponent + abs(p.y) ** exponent + abs(p.z) ** exponent) ** (1 / exponent)
    q = p / reach
    rise = 1 + crown * (1 - q.x * q.x) * (1 - q.y * q.y)
    q = Vector((q.x * size[0] / 2, q.y * size[1] / 2, q.z * size[2] / 2 * rise / (1 + crown)))
    if creases:
        q += Vector((0, 0, creases * noise.noise(Vector((q.x * 5, q.y * 5, seed + q.z * 2)))))
        q += p.normalized() * creases * 0.3 * noise.noise(Vector((q.x * 16, q.y * 16, q.z * 16 + seed)))
    return q


def cushion(
    size: Point,
    material: Material,
    *,
    at: Point = (0, 0, 0),
    turn: Point = (0, 0, 0),
    exponent: float = 8.5,
    crown: float = 0.25,
    creases: float = 0.004,
    piping: Material | None = None,
    cord: float = 0.0035,
    seams: Sequence[float] = (-0.72, 0.72),
    cells: int = 28,
) -> list[Object]:
    """A cushion round the origin; `seams` are the heights (−1..1) of its piped edges; (0.0,) for a knife edge."""
    seed = size[0] * 7.3 + at[0] * 3.1 + at[2]
    n = steps(cells, 6)
    mesh = bmesh.new()
    bmesh.ops.create_cube(mesh, size=2)
    bmesh.ops.subdivide_edges(mesh, edges=mesh.edges[:], cuts=n, use_grid_fill=True)
    for v in mesh.verts:
        v.co = _plump(Vector([_eased(c) for c in v.co]), size, exponent, crown, creases, seed)
    longest = "x" if size[0] >= size[1] else "y"
    things = [finished(mesh, material, grain=along(longest), smooth=80, name="cushion")]
    if piping is not None:
        for z in seams:
            way = [_plump(p, size, exponent, crown, creases, seed) * 1.001 for p in _round_the_cube(z, steps(24, 5))]
            things.append(tube(way, cord, piping, closed=True, sides=10, name="piping"))
    return carried(things, at, turn)


def _eased(c: float) -> float:
    """More points near the edges, where the cushion turns."""
    return math.sin(c * math.pi / 2) * 0.55 + c * 0.45


def _round_the_cube(z: float, per_side: int) -> list[Vector]:
    """A square way round a cube's sides at the height z."""
    way = []
    for a, b in (((-1, -1), (1, -1)), ((1, -1), (1, 1)), ((1, 1), (-1, 1)), ((-1, 1), (-1, -1))):
        for k in range(per_side):
            t = (_eased(2 * k / per_side - 1) + 1) / 2
            way.append(Vector((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, z)))
    return way


def woven_seat(
    corners: Sequence[Point],
    material: Material,
    *,
    rail: float = 0.011,
    cord: float = 0.0038,
    sag: float = 0.006,
) -> list[Object]:
    """A seat of paper cord in the envelope weave, wrapped round four rails.

    `corners`: the middle lines of the rails at front left, front right, back right and back left. The cords of
    each side run square to its rail and dive under where they meet the next side's at the diagonal.
    """
    cord = cord / max(0.45, min(1.0, Quality.factor * 1.1))
    places = [Vector(c) for c in corners]
    width = ((places[1] - places[0]).length + (places[2] - places[3]).length) / 2
    depth = ((places[3] - places[0]).length + (places[2] - places[1]).length) / 2
    dice = random.Random(7)  # noqa: S311
    mesh, values = bmesh.new(), []
    top = rail + cord * 0.4

    def spot(x: float, y: float, lift: float) -> Vector:
        u, v = x / width, y / depth
        low, high = places[0].lerp(places[1], u), places[3].lerp(places[2], u)
        dip = sag * 16 * max(0, u * (1 - u) * v * (1 - v)) if 0 <= u <= 1 and 0 <= v <= 1 else 0
        return low.lerp(high, v) + Vector((0, 0, lift - dip))

    for side in range(4):
        length, across = (width, depth) if side % 2 == 0 else (depth, width)
        many = int(length / cord)
        for k in range(many):
            along_rail = (k + 0.5) * length / many
            reach = min(along_rail, length - along_rail, across / 2)
            lift = top + dice.uniform(-0.15, 0.15) * cord
            way = [
                (rail, -rail * 1.25),
                (-rail * 0.6, -rail),
                (-rail * 1.2, -rail * 0.3),
                (-rail * 1.15, lift * 0.4),
                (-rail * 0.6, lift * 0.85),
                (rail * 0.3, lift),
            ]
            way += [(reach * t, lift) for t in (0.3, 0.6, 0.85) if reach * t > rail] + [(reach + cord, lift - cord)]
            if Quality.factor < 0.7:  # a file that travels: over the rail, along, down
                way = [way[1], way[3], way[5], (max(reach * 0.85, rail * 0.5), lift), way[-1]]
            spots = []
            for far, z in way:
                x, y = (along_rail, far) if side in (0, 2) else (far, along_rail)
                x, y = (x, depth - y) if side == 2 else (width - x, y) if side == 1 else (x, y)
                spots.append(spot(x, y, z))
            _cord(mesh, values, spots, cord * 0.52)
    things = [finished(mesh, material, grain=values, smooth=80, name="weave")]
    under = [
        [spot(x * width, y * depth, z) for x, y in ((0.01, 0.01), (0.99, 0.01), (0.99, 0.99), (0.01, 0.99))]
        for z in (-rail, rail * 0.5)
    ]
    things.append(finished(skin(under), material, grain=along("x"), name="weave-under"))
    return things


def _cord(mesh: bmesh.types.BMesh, values: list, spots: list[Vector], radius: float) -> None:
    """One thin round cord through its points."""
    sides = 6 if Quality.factor > 0.7 else 3
    rows, gone = [], len(values) * 0.0137
    for k, p in enumerate(spots):
        gone += (p - spots[max(k - 1, 0)]).length
        values += [(gone, radius * 6.283 * i / sides, 0.0) for i in range(sides)]
        way = (spots[min(k + 1, len(spots) - 1)] - spots[max(k - 1, 0)]).normalized()
        flat = Vector((way.x, way.y, 0))
        side = Vector((-flat.y, flat.x, 0)).normalized() if flat.length > 1e-4 else Vector((1, 0, 0))
        over = way.cross(side)
        rows.append(
            [mesh.verts.new(p + side * radius * math.cos(2 * math.pi * i / sides + 0.5)
                            + over * radius * math.sin(2 * math.pi * i / sides + 0.5)) for i in range(sides)]
        )  # fmt: skip
    for low, high in itertools.pairwise(rows):
        for n in range(sides):
            m = (n + 1) % sides
            mesh.faces.new((low[n], low[m], high[m], high[n]))
