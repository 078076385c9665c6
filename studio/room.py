"""One corner of a flat in the north: plaster, oiled boards, a window to the left, and neighbours from the same shop."""

import math
import random
from collections.abc import Callable, Sequence

import bmesh
import bpy
from mathutils import Vector

from studio import materials, scene
from studio.arrangements import ARRANGEMENTS, PLAIN, WALL
from studio.parts import board, carried, curve, lathe, sheet, tube
from studio.shading import Shader, linear
from studio.shape import along, bounds, finished

Object = bpy.types.Object
LEFT, RIGHT, FRONT, HIGH = -2.3, 4.6, -3.6, 3.4


def furnished(things: Sequence[Object], handle: str, build: Callable) -> None:
    """The room round the goods: they stand where their arrangement says, with their neighbours; the camera too."""
    plan = PLAIN | ARRANGEMENTS.get(handle, {})
    _placed(things, plan["at"], plan["turn"])
    for name, options, at, turn in plan["beside"]:
        _placed(_alone(build(name, options)), at, turn)
    for at, turn, seed in plan["books"]:
        books(at, turn, seed)
    shell()
    light()
    bpy.context.scene.view_settings.exposure = 0.04
    dressed(plan["dressing"])
    eye = scene.level_camera(Vector(plan["eye"]), Vector(plan["look"]), plan["lens"])
    if plan["blur"]:
        eye.data.dof.use_dof = True
        eye.data.dof.focus_distance = (Vector(plan["eye"]) - Vector(plan["look"])).length
        eye.data.dof.aperture_fstop = plan["blur"]


def _alone(things: list[Object]) -> list[Object]:
    """A neighbour without what stands beside it in its own pictures."""
    for thing in [thing for thing in things if thing.get("framed")]:
        things.remove(thing)
        bpy.data.objects.remove(thing)
    return things


def _placed(things: Sequence[Object], at, turn) -> None:
    """Where something stands, turned about z or about all three axes; "wall" as y hangs it on the wall."""
    carried(things, (0, 0, 0), turn if isinstance(turn, tuple) else (0, 0, turn))
    if at[1] == "wall":
        bpy.context.view_layer.update()
        at = (at[0], WALL - bounds(things)[1].y - 0.0005, at[2])
    carried(things, at)


def plaster() -> bpy.types.Material:
    """Lime paint on plaster: never quite even."""
    s = Shader("plaster")
    place = s.node("TexCoord").outputs["Object"]
    cloud, trowel = s.noise(place, 1.6, 3.0), s.noise(place, 22, 3.0)
    colour = s.mix(s.between(cloud, 0.25, 0.75), linear("#E6E2DA"), linear("#EEEAE3"))
    s.surface(Base_Color=colour, Roughness=0.95, Specular_IOR_Level=0.1, Normal=s.bump(trowel, 0.10, 0.01))
    return s.material


def shell() -> None:
    """Floor, walls, skirting and the window that throws its bars."""
    dice = random.Random(4)  # noqa: S311
    oak, wide = materials.wood("oak"), 0.165
    x = LEFT
    while x < RIGHT:
        cut = dice.uniform(-2.2, -0.2)
        for low, high in ((FRONT, cut), (cut, cut + 2.4), (cut + 2.4, WALL + 0.02)):
            if low < WALL:
                high = min(high, WALL + 0.02)
                board((wide - 0.0012, high - low - 0.001, 0.02), (x + wide / 2, (low + high) / 2, -0.0101), oak,
                      grain="y", bevel=0.0012, name="floor")  # fmt: skip
        x += wide
    wall, white = plaster(), scene.paper("paint", (0.86, 0.84, 0.80))
    board((RIGHT - LEFT + 1, 0.1, HIGH), (0.5, WALL + 0.05, HIGH / 2), wall, bevel=0, name="wall")
    board((RIGHT - LEFT + 0.2, 0.014, 0.095), (0.5, WALL - 0.007, 0.0475), white, bevel=0.004, name="skirting")
    window(wall, white)


def window(wall, white) -> None:
    """The left wall with its opening, frame and bars."""
    y0, y1, z0, z1, t = -1.25, 0.55, 0.75, 2.25, 0.16
    x = LEFT - t / 2
    for size, at in (
        ((t, y0 - FRONT, HIGH), (x, (y0 + FRONT) / 2, HIGH / 2)),
        ((t, WALL - y1, HIGH), (x, (y1 + WALL) / 2, HIGH / 2)),
        ((t, y1 - y0, z0), (x, (y0 + y1) / 2, z0 / 2)),
        ((t, y1 - y0, HIGH - z1), (x, (y0 + y1) / 2, (HIGH + z1) / 2)),
    ):
        board(size, at, wall, bevel=0, name="wall")
    for k in range(4):
        board((0.05, 0.045, z1 - z0), (x, y0 + (y1 - y0) * k / 3, (z0 + z1) / 2), white, name="bar")
    for k in range(4):
        board((0.045, y1 - y0, 0.04), (x, (y0 + y1) / 2, z0 + (z1 - z0) * k / 3), white, name="bar")


def light() -> None:
    """A low, pale sun through the window, the sky beside it, and the rest of the room behind the camera."""
    sun = bpy.data.lights.new("sun", "SUN")
    sun.energy, sun.angle, sun.color = 2.5, math.radians(2.4), (1.0, 0.93, 0.83)
    thing = bpy.data.objects.new("sun", sun)
    bpy.context.scene.collection.objects.link(thing)
    thing.rotation_euler = Vector((1.0, 0.42, -0.50)).to_track_quat("-Z", "Y").to_euler()
    scene.lamp("window", Vector((LEFT + 0.05, -0.35, 1.5)), Vector((0.4, 0.1, 0.6)), (1.5, 1.8), 7.5, scene.COOL)
    scene.lamp("behind", Vector((-0.4, FRONT - 0.5, 2.2)), Vector((0.3, 0.6, 0.7)), (4.0, 2.4), 2.2, scene.WARM)
    scene.lamp("ceiling", Vector((0.4, -0.6, 2.9)), Vector((0.4, -0.4, 0)), (4.5, 3.5), 1.9, scene.WARM)
    scene.sky((1.0, 0.985, 0.96), 0.22)


def dressed(names: Sequence[str]) -> None:
    """Curtain, plant, picture: what makes it a home."""
    for name in names:
        {"curtain": curtain, "plant": plant, "picture": picture, "branch": branch}[name]()


def curtain() -> None:
    """A linen curtain beside the window."""

    def shape(u, v):
        fold = math.sin(u * 21) * 0.028 * (1 - 0.25 * v) + math.sin(u * 9 + 1.3) * 0.014
        return (LEFT + 0.38 + u * (0.30 + 0.02 * v), WALL - 0.13 + fold, 1.29 + v * 1.27)

    sheet(0.9, 2.54, 0.0, materials.fabric("white", "linen"), shape=shape, cells=(110, 12), name="curtain")


def picture() -> None:
    """A print in an oak frame: one line, a sun."""
    oak, x, z, w, h = materials.wood("oak"), 1.12, 1.52, 0.50, 0.70
    y = WALL - 0.014
    for size, at in (((w, 0.024, 0.016), (x, y, z + h / 2)), ((w, 0.024, 0.016), (x, y, z - h / 2)),
                     ((0.016, 0.024, h), (x - w / 2, y, z)), ((0.016, 0.024, h), (x + w / 2, y, z))):  # fmt: skip
        board(size, at, oak, bevel=0.002, name="frame")
    board((w, 0.004, h), (x, y + 0.004, z), materials.paper("white"), bevel=0, name="print")
    disc = [(0, 0), (0.085, 0), (0.085, 0.0006), (0, 0.0006)]
    lathe(disc, materials.paper("thread"), at=(x + 0.05, y + 0.0015, z + 0.08), turn=(90, 0, 0), name="print")
    way = curve([(x - 0.19, y + 0.001, z - 0.16), (x - 0.06, y + 0.001, z - 0.10), (x + 0.07, y + 0.001, z - 0.19),
                 (x + 0.19, y + 0.001, z - 0.13)], 10)  # fmt: skip
    tube(way, 0.0022, materials.paper("ink"), sides=6, name="print")


def cloth(tone: str) -> bpy.types.Material:
    """The linen of a book's boards."""
    s = Shader("cloth")
    thread = s.noise(s.node("TexCoord").outputs["Object"], 900, 2.0)
    s.surface(Base_Color=s.value(linear(tone), s.between(thread, 0.2, 0.8, 0.9, 1.05)), Roughness=0.9,
              Specular_IOR_Level=0.15, Normal=s.bump(thread, 0.2, 0.001))  # fmt: skip
    return s.material


def books(at: Sequence[float], turn: float, seed: int, many: int = 4) -> None:
    """A few books: upright and side by side where `turn` is 0, else a stack that somebody has just read from."""
    dice = random.Random(seed)  # noqa: S311
    pages, way = materials.paper("white"), Vector(at)
    tones = ["#5F6F78", "#B4573B", "#D8CDBA", "#7D8468", "#2E3B4A", "#C9A05A", "#E9E3D8"]
    for tone in dice.sample(tones, many):
        deep, tall, thick = dice.uniform(0.13, 0.17), dice.uniform(0.19, 0.24), dice.uniform(0.014, 0.032)
        boards, spine, block = cloth(tone), (0.0022, deep, tall), (thick - 0.004, deep - 0.006, tall - 0.008)
        parts = [board(spine, (side * (thick / 2 - 0.0011), 0, tall / 2), boards, bevel=0.0006, name="book")
                 for side in (-1, 1)]  # fmt: skip
        parts.append(board((thick, 0.0024, tall), (0, -deep / 2, tall / 2), boards, bevel=0.001, name="book"))
        parts.append(board(block, (0, 0.001, tall / 2), pages, bevel=0.0008, grain="z", name="pages"))
        if turn:
            carried(parts, (0, 0, 0), (0, 90, 0))
            carried(parts, (-tall / 2, 0, thick / 2), (0, 0, 0))
            carried(parts, tuple(way), (0, 0, turn + dice.uniform(-9, 9)))
            way.z += thick
        else:
            carried(parts, (way.x + thick / 2, way.y, way.z))
            way.x += thick + 0.0008


def leaf_green() -> bpy.types.Material:
    """Olive leaves."""
    s = Shader("leaf")
    tone = s.noise(s.node("TexCoord").outputs["Object"], 30, 1.0)
    s.surface(Base_Color=s.mix(tone, linear("#55633F"), linear("#8A9670")), Roughness=0.6, Specular_IOR_Level=0.3)
    return s.material


def branch(at=(0.0, 0.0, 0.0), size: float = 1.0, stems: int = 7, seed: int = 3) -> None:
    """Stems with leaves, out of one point."""
    dice = random.Random(seed)  # noqa: S311
    bark, mesh = materials.wood("walnut"), bmesh.new()
    for n in range(stems):
        turn, lean, tall = n * 2.4 + dice.uniform(-0.4, 0.4), dice.uniform(0.2, 0.6), dice.uniform(0.65, 1.0) * size
        side = Vector((math.cos(turn), math.sin(turn), 0))
        way = curve([Vector(at) + side * lean * tall * t**1.5 + Vector((0, 0, tall * t * (1 - 0.15 * t)))
                     for t in (0, 0.3, 0.6, 1)], 8)  # fmt: skip
        tube(way, [0.006 * size * (1 - 0.75 * k / len(way)) for k in range(len(way))], bark, sides=8, name="stem")
        for k in range(len(way) // 4, len(way)):
            for _ in range(3):
                _leaf(mesh, way[k], dice, size)
    finished(mesh, leaf_green(), grain=along("x"), smooth=60, name="leaves")


def _leaf(mesh: bmesh.types.BMesh, at: Vector, dice: random.Random, size: float) -> None:
    """One narrow leaf, folded a little along its middle."""
    way = Vector((dice.uniform(-1, 1), dice.uniform(-1, 1), dice.uniform(-0.1, 0.9))).normalized()
    side = way.cross(Vector((0, 0, 1))).normalized()
    over = side.cross(way)
    length, wide = dice.uniform(0.05, 0.085) * size, dice.uniform(0.009, 0.014) * size
    tip, middle = at + way * length - over * 0.1 * length, at + way * length * 0.5
    a, b, c = (mesh.verts.new(p) for p in (at, tip, middle + over * 0.002))
    left, right = (
        mesh.verts.new(middle + side * wide + over * 0.004),
        mesh.verts.new(middle - side * wide + over * 0.004),
    )
    for face in ((a, c, left), (c, b, left), (a, right, c), (right, b, c)):
        mesh.faces.new(face)


def plant() -> None:
    """A young olive tree in a clay pot, in the corner to the right."""
    x, y = 1.62, WALL - 0.42
    pot = [(0, 0), (0.115, 0), (0.135, 0.02), (0.165, 0.27), (0.168, 0.30), (0.158, 0.30), (0.15, 0.26), (0, 0.26)]
    lathe(pot, materials.clay(), at=(x, y, 0), smooth=50, name="pot")
    tube(curve([(x, y, 0.25), (x + 0.02, y, 0.55), (x - 0.01, y + 0.01, 0.85)], 6), 0.013, materials.wood("walnut"))
    branch((x - 0.01, y + 0.01, 0.80), 0.75, 15, 5)
