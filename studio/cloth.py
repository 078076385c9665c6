"""Cloth: sewn and filled by the renderer's own simulation, and threads by the hundred in one mesh."""

import itertools
import math
import random
from collections.abc import Callable, Sequence

import bmesh
import bpy
import numpy as np
from mathutils import Vector

from studio.parts import Material, Object, tube
from studio.shape import Point, Quality, finished, steps

PRESSED, CUT, CORNER = 0.010, 0.012, 0.045


def pillow(
    width: float, high: float, thick: float, material: Material, piping: Material | None = None, cells: int = 52
) -> list[Object]:
    """Two squares sewn together and filled until they are as thick as wanted; stands upright on z = 0, faces −y."""
    n = steps(cells, 18)
    mesh = bmesh.new()
    front, back = _cut(mesh, n, width, high, -0.004), _cut(mesh, n, width, high, 0.004)
    for j in range(n):
        for i in range(n):
            mesh.faces.new((front[j][i], front[j][i + 1], front[j + 1][i + 1], front[j + 1][i]))
            mesh.faces.new((back[j][i], back[j + 1][i], back[j + 1][i + 1], back[j][i + 1]))
    rim = [(0, i) for i in range(n)] + [(j, n) for j in range(n)]
    rim += [(n, n - i) for i in range(n)] + [(n - j, 0) for j in range(n)]
    pairs = {front[j][i]: back[j][i] for j, i in rim}
    for j, i in rim:
        front[j][i].co.y = back[j][i].co.y = 0
    bmesh.ops.weld_verts(mesh, targetmap={b: f for f, b in pairs.items()})
    flat = [(v.co.x, v.co.z, 0.0) for v in mesh.verts]
    order = {v: k for k, v in enumerate(mesh.verts)}
    seam = [order[front[j][i]] for j, i in rim]
    thing = finished(mesh, material, grain=flat, smooth=120, name="pillow")
    _filled(thing)
    places = _sized(thing, width, high, thick)
    things = [thing]
    if piping is not None:
        way = [Vector(places[k]) for k in seam]
        things.append(tube(way, 0.0036, piping, closed=True, sides=10, up=(0, 1, 0), name="piping"))
    return things


def _cut(mesh: bmesh.types.BMesh, n: int, width: float, high: float, y: float) -> list[list]:
    """One side of a cover, cut fuller in the middle of its edges, since filling draws them in."""
    rows = []
    for j in range(n + 1):
        v = 2 * j / n - 1
        row = []
        for i in range(n + 1):
            u = 2 * i / n - 1
            corner = 1 - CORNER * abs(u * v) ** 7  # cut round, or the corners stand out like ears
            full = corner * (1 + CUT * (1 - v * v)), corner * (1 + CUT * (1 - u * u))
            row.append(mesh.verts.new((u * full[0] * width / 2, y, v * full[1] * high / 2)))
        rows.append(row)
    return rows


def _filled(thing: Object, frames: int = 36) -> None:
    """Blow the cover up: cloth that resists, pressure from within, no weight."""
    worn = thing.modifiers.new("cloth", "CLOTH")
    how = worn.settings
    how.quality, how.mass, how.air_damping = 6, 0.25, 4.0
    how.tension_stiffness, how.compression_stiffness, how.shear_stiffness, how.bending_stiffness = 30, 30, 12, 0.4
    how.use_pressure, how.uniform_pressure_force = True, 3.0
    how.effector_weights.gravity = 0.0
    scene = bpy.context.scene
    worn.point_cache.frame_start, worn.point_cache.frame_end = 1, frames
    for frame in range(1, frames + 1):
        scene.frame_set(frame)
    shape = thing.evaluated_get(bpy.context.evaluated_depsgraph_get()).data
    places = np.empty(len(shape.vertices) * 3, dtype=np.float32)
    shape.vertices.foreach_get("co", places)
    thing.modifiers.clear()
    thing.data.vertices.foreach_set("co", places)
    thing.data.update()
    scene.frame_set(1)


def _sized(thing: Object, width: float, high: float, thick: float) -> np.ndarray:
    """Bring the filled cover to its true measures and set it on the ground; the new places."""
    count = len(thing.data.vertices)
    places = np.empty(count * 3, dtype=np.float32)
    thing.data.vertices.foreach_get("co", places)
    places = places.reshape(-1, 3)
    low, span = places.min(axis=0), np.ptp(places, axis=0)
    places = (places - low) / span * np.array([width, thick, high + PRESSED]) - np.array(
        [width / 2, thick / 2, PRESSED]
    )
    sunk = places[:, 2] < PRESSED  # its own weight presses the lower edge flat
    places[sunk, 2] = PRESSED * np.exp(places[sunk, 2] / PRESSED - 1)
    places[:, 2] -= places[:, 2].min()
    places[:, 2] *= high / places[:, 2].max()
    thing.data.vertices.foreach_set("co", places.astype(np.float32).ravel())
    thing.data.update()
    return places


def strands(
    ways: Sequence[Sequence[Point]], radius: float | Callable[[float], float], material: Material, sides: int = 6
) -> Object:
    """Many threads as one mesh; a radius may change along a thread (share 0..1)."""
    mesh, values = bmesh.new(), []
    n = steps(sides, 3)
    for way in ways:
        rows, gone = [], 0.0
        for k, p in enumerate(way):
            here = Vector(p)
            step = (Vector(way[min(k + 1, len(way) - 1)]) - Vector(way[max(k - 1, 0)])).normalized()
            gone += (here - Vector(way[max(k - 1, 0)])).length
            side = step.cross(Vector((0, 0, 1)) if abs(step.z) < 0.9 else Vector((0, 1, 0))).normalized()
            over = side.cross(step)
            r = radius(k / (len(way) - 1)) if callable(radius) else radius / min(1.0, Quality.factor + 0.3)
            turns = [2 * math.pi * i / n for i in range(n)]
            rows.append([mesh.verts.new(here + side * r * math.cos(a) + over * r * math.sin(a)) for a in turns])
            values += [(gone, r * a, 0.0) for a in turns]
        for low, high in itertools.pairwise(rows):
            for i in range(n):
                j = (i + 1) % n
                mesh.faces.new((low[i], low[j], high[j], high[i]))
        if Quality.factor > 0.7:
            mesh.faces.new(rows[0][::-1])
            mesh.faces.new(rows[-1])
    return finished(mesh, material, grain=values, smooth=80, name="strands")


def tassel(start: Point, way: Point, length: float, dice: random.Random, spread: float = 0.006, many: int = 4) -> list:
    """The ways of one knotted tassel: threads that leave a knot and lie a little apart. `way` is its direction."""
    begin, along = Vector(start), Vector(way).normalized()
    aside = along.cross(Vector((0, 0, 1))).normalized()
    sway = dice.uniform(-0.35, 0.35)
    coarse = Quality.factor < 0.7  # a file that travels: fewer threads
    ways, many = [], 2 if coarse else many
    for k in range(many):
        t = (k + 0.5) / many - 0.5
        reach = length * dice.uniform(0.88, 1.04)
        bend = dice.uniform(-0.4, 0.4)
        points = []
        for s in (0.0, 0.4, 1.0) if coarse else (0.0, 0.14, 0.36, 0.68, 1.0):
            off = aside * (t * spread * (0.4 + 1.7 * s) + sway * length * 0.3 * s * s + bend * spread * s * s)
            points.append(begin + along * reach * s + off)
        ways.append(points)
    return ways
