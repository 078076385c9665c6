"""Kasse, a crate of slats from what is left over: screwed corners, a hand hole at each end."""

import bmesh

from studio import materials, thrown
from studio.parts import board, outline
from studio.scene import View
from studio.shape import along, bevelled, carried, finished, steps

MAIN = {"wood": "oak", "height": "high"}
WIDE, DEEP, THICK, GAP = 0.400, 0.300, 0.012, 0.008
HEIGHTS = {"low": (0.140, 2), "high": (0.240, 3)}
DETAIL = {"look": (-0.17, -0.14, 0.17), "from": (-0.9, -1, 0.45), "width": 0.24}
VIEWS = {"angle": View((-0.62, -1, 0.50), 85, 0.72)}


def screws(spots, way: str) -> list:
    """Countersunk screw heads, flush with the wood; `way` is where they look."""
    head = [(0.0038, -0.0004), (0.0040, 0.0002), (0.0036, 0.0005), (0.0013, 0.0004)]
    socket = [(0.0013, 0.0004), (0.0011, -0.0010), (0.0, -0.0010)]
    turn = {"front": (90, 0, 0), "back": (-90, 0, 0)}[way]
    steel, dark = materials.metal("steel"), materials.metal("ink")
    heads = [thrown.turned(head, steel, at=spot, turn=turn, segments=20, name="screw") for spot in spots]
    return heads + [thrown.turned(socket, dark, at=spot, turn=turn, segments=12, name="socket") for spot in spots]


def build(options: dict[str, str]) -> list:
    """Long slats before the ends, posts inside, a floor of boards."""
    wood = materials.wood(options.get("wood", "oak"))
    high, rows = HEIGHTS[options.get("height", "high")]
    slat = (high - GAP * (rows - 1)) / rows
    x, y, t = WIDE / 2, DEEP / 2, THICK
    things, front, back = [], [], []
    for n in range(rows):
        z = n * (slat + GAP) + slat / 2
        for side in (-1, 1):
            things.append(
                board((WIDE, t, slat), (0, side * (y - t / 2), z), wood, bevel=0.0022, grain="x", name="slat")
            )
            if n < rows - 1:
                place = (side * (x - t / 2), 0, z)
                things.append(board((t, DEEP - 2 * t, slat), place, wood, bevel=0.0022, grain="y", name="end"))
            for dz in (-0.018, 0.018):
                for sx in (-1, 1):
                    spot = (sx * (x - t - 0.010), side * y, z + dz)
                    (front if side < 0 else back).append(spot)
    for side in (-1, 1):
        top = grip(DEEP - 2 * t, slat, wood)
        things += carried([top], (side * (x - t / 2), 0, (rows - 1) * (slat + GAP)), (0, 0, 90))
    for sx in (-1, 1):
        for sy in (-1, 1):
            place = (sx * (x - t - 0.010), sy * (y - t - 0.010), high / 2 - 0.004)
            things.append(board((0.020, 0.020, high - 0.016), place, wood, bevel=0.002, name="post"))
    for n in range(3):
        wide = (DEEP - 2 * t - 0.008) / 3
        place = (0, (n - 1) * (wide + 0.003), 0.014)
        things.append(board((WIDE - 2 * t - 0.002, wide - 0.001, 0.009), place, wood, bevel=0.0015, name="floor"))
    return things + screws(front, "front") + screws(back, "back")


def grip(width: float, high: float, wood):
    """The top board of an end, with a long round hole for the hand; stands upright along x, as thick as the slats."""
    mesh = bmesh.new()
    outer = outline(width, high)
    hole = outline(0.098, 0.030, 0.0149, 7)
    loops = []
    for points in (outer, hole):
        ring = [mesh.verts.new((px, 0, pz + high / 2)) for px, pz in points]
        loops += [mesh.edges.new((ring[k], ring[(k + 1) % len(ring)])) for k in range(len(ring))]
    bmesh.ops.triangle_fill(mesh, edges=loops, use_beauty=True)
    bmesh.ops.dissolve_limit(mesh, angle_limit=0.01, verts=mesh.verts, edges=mesh.edges)
    made = bmesh.ops.extrude_face_region(mesh, geom=mesh.faces[:])
    for v in (g for g in made["geom"] if isinstance(g, bmesh.types.BMVert)):
        v.co.y += THICK
    for v in mesh.verts:
        v.co.y -= THICK / 2
    bmesh.ops.recalc_face_normals(mesh, faces=mesh.faces)
    bevelled(mesh, 0.002, steps(3, 1), sharper_than=50)
    return finished(mesh, wood, grain=along("x"), name="grip")
