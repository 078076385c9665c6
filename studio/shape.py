"""From points and faces to an object: bevels, smooth shading and the grain that runs through every part.

Every part carries a vertex attribute `grain` in metres: x along the grain (or the warp), y and z across it, shifted by
a random amount per part, so that two boards never show the same figure. Materials read it, not object coordinates:
so the grain follows a bent rail and a splayed leg. The attribute `tone` (−0.05..0.05) makes one part a little lighter
than the next. The UV map `metres` unfolds the part for cloth and for the files that travel.
"""

import math
import random
from collections.abc import Callable, Sequence
from itertools import count

import bmesh
import bpy
from mathutils import Euler, Matrix, Vector

Point = Sequence[float]
Place = Callable[[Vector], tuple[float, float, float]]

_numbers = count()


class Quality:
    """How finely round parts are cut: 1 for pictures, less for files that travel."""

    factor = 1.0


def steps(full: int, least: int = 6) -> int:
    """How many segments a round thing gets."""
    return max(least, round(full * Quality.factor))


def restart() -> None:
    """Number the parts from the beginning, so that a model always comes out the same."""
    global _numbers  # one running number for the model that is being built
    _numbers = count()


def along(axis: str) -> Place:
    """A straight grain along an axis of the part."""
    order = {"x": (0, 1, 2), "y": (1, 0, 2), "z": (2, 0, 1)}[axis]
    return lambda v: (v[order[0]], v[order[1]], v[order[2]])


def finished(
    mesh: bmesh.types.BMesh,
    material: bpy.types.Material | None,
    *,
    grain: Place | list[tuple[float, float, float]],
    name: str = "part",
    at: Point = (0, 0, 0),
    turn: Point = (0, 0, 0),
    smooth: float = 40,
) -> bpy.types.Object:
    """The object of a mesh; `grain` is a function of a point or one value per vertex; `turn` in degrees."""
    number = next(_numbers)
    dice = random.Random(number * 7919 + 13)  # noqa: S311 (a figure of wood, not a secret)
    shift = Vector((dice.uniform(0, 9), dice.uniform(0.05, 0.25), dice.uniform(-0.12, 0.12)))
    mesh.verts.ensure_lookup_table()
    values = grain if isinstance(grain, list) else [grain(v.co) for v in mesh.verts]
    bmesh.ops.recalc_face_normals(mesh, faces=mesh.faces)
    data = bpy.data.meshes.new(name)
    mesh.to_mesh(data)
    mesh.free()
    values = [Vector(v) + shift for v in values]
    layer = data.attributes.new("grain", "FLOAT_VECTOR", "POINT")
    layer.data.foreach_set("vector", [c for v in values for c in v])
    tone = data.attributes.new("tone", "FLOAT", "POINT")
    tone.data.foreach_set("value", [dice.uniform(-0.05, 0.05)] * len(values))
    unfolded(data, values)
    data.polygons.foreach_set("use_smooth", [True] * len(data.polygons))
    data.set_sharp_from_angle(angle=math.radians(smooth))
    thing = bpy.data.objects.new(f"{name}-{number:03d}", data)
    if material is not None:
        data.materials.append(material)
    bpy.context.scene.collection.objects.link(thing)
    thing.matrix_world = Matrix.Translation(at) @ Euler([math.radians(a) for a in turn]).to_matrix().to_4x4()
    return thing


def bevelled(
    mesh: bmesh.types.BMesh,
    width: float,
    segments: int = 3,
    sharper_than: float = 30,
    sharp: Callable[[Vector], bool] | None = None,
) -> None:
    """Round every edge that is sharper than so many degrees, but those that stay `sharp`."""
    if width <= 0:
        return
    limit = math.radians(sharper_than)
    edges = [e for e in mesh.edges if len(e.link_faces) == 2 and e.calc_face_angle(0) > limit]
    if sharp is not None:
        edges = [e for e in edges if not sharp((e.verts[0].co + e.verts[1].co) / 2)]
    bmesh.ops.bevel(mesh, geom=edges, offset=width, segments=segments, profile=0.5, affect="EDGES", clamp_overlap=True)


def unfolded(data: bpy.types.Mesh, values: Sequence[Vector]) -> None:
    """A UV map in metres: every face is seen along the axis of the grain that it faces most."""
    layer = data.uv_layers.new(name="metres")
    places = [0.0] * (2 * len(data.loops))
    for face in data.polygons:
        spots = [values[v] for v in face.vertices]
        facing = (spots[1] - spots[0]).cross(spots[2] - spots[1])
        drop = max(range(3), key=lambda n: abs(facing[n]))
        u, v = ((1, 2), (0, 2), (0, 1))[drop]
        for loop, spot in zip(face.loop_indices, spots, strict=True):
            places[2 * loop], places[2 * loop + 1] = spot[u], spot[v]
    layer.data.foreach_set("uv", places)


def carried(objects: Sequence[bpy.types.Object], at: Point = (0, 0, 0), turn: Point = (0, 0, 0)) -> list:
    """The same objects, turned round the origin (degrees) and moved."""
    step = Matrix.Translation(at) @ Euler([math.radians(a) for a in turn]).to_matrix().to_4x4()
    for thing in objects:
        thing.matrix_world = step @ thing.matrix_world
    return list(objects)


def bounds(objects: Sequence[bpy.types.Object]) -> tuple[Vector, Vector]:
    """The lowest and the highest corner of what is measured (objects with `measured` = False do not count)."""
    points = [p for o in objects if o.get("measured", True) for p in points_of(o)]
    return Vector(map(min, zip(*points, strict=True))), Vector(map(max, zip(*points, strict=True)))


def points_of(thing: bpy.types.Object) -> list[Vector]:
    """Every point of an object in the world."""
    return [thing.matrix_world @ v.co for v in thing.data.vertices]
