"""Voks, rapeseed wax in flakes: a bag of brown paper tied with thread; a tin that was filled again stands before it."""

import itertools
import math
import random

import bmesh
from mathutils import noise

from studio import cloth, materials, thrown
from studio.lettering import words
from studio.parts import board, curve, outline, prism, tube
from studio.scene import View
from studio.shape import along, carried, finished, steps

MAIN = {"pack": "kg1"}
SIZES = {"g500": (0.120, 0.070, 0.200), "kg1": (0.140, 0.080, 0.250), "kg2": (0.170, 0.100, 0.310)}
KILOS = {"g500": "500 g", "kg1": "1 kg", "kg2": "2 kg"}
DETAIL = {"look": (0.105, -0.10, 0.035), "from": (-0.35, -1, 0.60), "width": 0.19}
VIEWS = {"angle": View((-0.32, -1, 0.34), 85, 0.74)}


def _under_label(x: float, z: float) -> float:
    """1 where the label keeps the paper flat, falling to 0 round it (shares of the bag's width and height)."""
    out = max(abs(x) - 0.35, abs(z - 0.345) - 0.19, 0.0)
    return max(0.0, 1 - out / 0.08) ** 2


def _ring(w: float, d: float, h: float, t: float, n: int) -> list[tuple[float, float, float]]:
    """The bag's line at a share of its height: a soft box below, a crease above, crumpled between."""
    z = h * t
    close = max(0.0, (t - 0.60) / 0.24)
    close = min(1.0, close) ** 1.1 if close > 0 else 0.0
    deep = d * (1 - close) + 0.005 * close
    flat = outline(w * (0.975 + 0.025 * math.sin(math.pi * min(1, t / 0.6))), deep, min(0.012, deep * 0.45), 3)
    ring = []
    for k in range(len(flat)):
        a, b = flat[k], flat[(k + 1) % len(flat)]
        cuts = n // 2 if k % 4 == 3 else 1  # the four corners have three pieces each
        for c in range(cuts):
            x, y = a[0] + (b[0] - a[0]) * c / cuts, a[1] + (b[1] - a[1]) * c / cuts
            free = min(1.0, t * 5) * (1 - 0.75 * close)
            crumple = 0.0045 * noise.noise((x * 22, y * 22, z * 20)) + 0.0022 * noise.noise(
                (x * 60, y * 60, z * 55 + 3)
            )
            full = 0.010 * math.sin(math.pi * min(1, t / 0.62)) * (1 - (2 * x / w) ** 2) if abs(y) > deep * 0.3 else 0.0
            place = y - math.copysign(max(0.0, 0.008 - full), y) * (1 - close) + crumple * free
            held = _under_label(x / w, t) if y < 0 else 0.0
            ring.append((x, place + (-d / 2 - place) * held, z))
    return ring


def bag(w: float, d: float, h: float):
    """Soft below, flat and folded above: rings of a rounded box that closes to a crease."""
    kraft = materials.paper("kraft")
    n, rows = steps(26, 8), steps(64, 20)
    mesh, values = bmesh.new(), []
    rings = []
    for j in range(rows + 1):
        rings.append(_ring(w, d, h, j / rows, n))
    small = len(rings[0])
    for ring in rings:
        values += [(x + y, z, 0.0) for x, y, z in ring]
    made = [[mesh.verts.new(p) for p in ring] for ring in rings]
    for low, high in itertools.pairwise(made):
        for k in range(small):
            m = (k + 1) % small
            mesh.faces.new((low[k], low[m], high[m], high[k]))
    mesh.faces.new(made[0][::-1])
    mesh.faces.new(made[-1])
    return finished(mesh, kraft, grain=values, smooth=28, name="bag")


def label(w: float, d: float, h: float, pack: str) -> list:
    """White paper on the front, with its words."""
    face, low, high = -d / 2 - 0.0006, h * 0.17, h * 0.52
    middle, tall, ink = (low + high) / 2, high - low, materials.paper("ink")
    sheet = prism(outline(w * 0.66, tall, 0.002, 3), 0.0005, materials.paper("white"), bevel=0, name="label")
    carried([sheet], (0, face + 0.0003, middle), (90, 0, 0))
    at = lambda share: (0, face - 0.0004, middle + tall * share)  # noqa: E731 (a line on the label)
    return [
        sheet,
        board((w * 0.66, 0.0003, 0.0012), at(-0.03), materials.paper("thread"), bevel=0),
        words("Voks", tall * 0.26, ink, at=at(0.20)),
        words("RAPESEED WAX", tall * 0.075, ink, at=at(-0.17), spacing=1.15),
        words(f"Tråd  ·  {KILOS[pack]}", tall * 0.075, ink, at=at(-0.31), spacing=1.1),
    ]


def tie(w: float, h: float) -> list:
    """The closed top rolled over once, and thread wound round it with a bow."""
    kraft, thread = materials.paper("kraft"), materials.paper("thread")
    z = h * 0.875
    fold = board((w * 0.985, 0.012, h * 0.060), (0, 0, h - h * 0.030), kraft, bevel=0.004, name="fold")
    things = [fold]
    for n in range(3):
        way = [
            (
                (w / 2 - 0.0012) * math.copysign(abs(math.cos(a)) ** 0.35, math.cos(a)),
                0.0062 * math.copysign(abs(math.sin(a)) ** 0.5, math.sin(a)),
                z + 0.0022 * n + 0.002 * math.cos(a + n),
            )
            for a in (2 * math.pi * k / 64 for k in range(64))
        ]
        things.append(tube(way, 0.0010, thread, closed=True, sides=8, name="thread"))
    y = -0.0085
    loops = []
    for side in (-1, 1):
        loops.append(
            curve(
                [
                    (0, y, z),
                    (side * 0.014, y - 0.003, z + 0.012),
                    (side * 0.026, y - 0.003, z + 0.006),
                    (side * 0.020, y - 0.002, z - 0.008),
                    (0, y, z),
                ],
                8,
            )
        )
        loops.append(curve([(0, y, z), (side * 0.008, y - 0.003, z - 0.014), (side * 0.013, y - 0.0035, z - 0.034)], 8))
    return [*things, cloth.strands(loops, 0.0010, thread)]


def tin(at: tuple[float, float, float]) -> list:
    """A tin with wax in it, a wick that burns."""
    steel, r, h = materials.metal("steel"), 0.033, 0.052
    wall = [
        (0, 0.0),
        (r - 0.001, 0.0),
        (r, 0.001),
        (r, h - 0.001),
        (r + 0.0008, h),
        (r - 0.0004, h + 0.0003),
        (r - 0.0012, h - 0.001),
        (r - 0.0012, 0.004),
    ]
    fill = [(r - 0.0012, h * 0.80), (r * 0.86, h * 0.775), (r * 0.3, h * 0.765), (0, h * 0.765)]
    flame = [(0, 0), (0.0022, 0.003), (0.0033, 0.0085), (0.0026, 0.016), (0.0010, 0.024), (0, 0.028)]
    wick = curve([(0, 0, h * 0.75), (0.0004, 0, h * 0.86), (0.0014, 0, h * 0.93)], 5)
    things = [
        thrown.turned(wall, steel, segments=80, sharp=40, name="tin"),
        thrown.turned(fill, materials.wax(), segments=80, name="wax"),
        thrown.turned(
            thrown.smooth(flame), materials.lamp_light(14.0), at=(0.0012, 0, h * 0.89), segments=24, name="flame"
        ),
        tube(wick, 0.0008, materials.paper("ink"), sides=8, name="wick"),
    ]
    return thrown.prop(carried(things, at), framed=True)


def flakes(middle: tuple[float, float], many: int = 46) -> list:
    """Flakes of wax, spilled: thin bent chips."""
    dice, wax, out = random.Random(3), materials.wax(), []  # noqa: S311
    for _ in range(many):
        mesh = bmesh.new()
        size, corners = dice.uniform(0.003, 0.0078), dice.randint(5, 7)
        bend, ring = dice.uniform(-0.3, 0.3), []
        for k in range(corners):
            a = 2 * math.pi * (k + dice.uniform(-0.3, 0.3)) / corners
            reach = size * dice.uniform(0.65, 1.0)
            ring.append((reach * math.cos(a), reach * math.sin(a) * 0.75, bend * reach * math.cos(a)))
        low, high = [mesh.verts.new(p) for p in ring], [mesh.verts.new((x, y, z + 0.0009)) for x, y, z in ring]
        mesh.faces.new(low[::-1])
        mesh.faces.new(high)
        for k in range(corners):
            m = (k + 1) % corners
            mesh.faces.new((low[k], low[m], high[m], high[k]))
        far = abs(dice.gauss(0, 0.026))
        a = dice.uniform(0, 2 * math.pi)
        high_up = 0.0016 + max(0.0, 0.011 - far * 0.5) * dice.random()
        place = (middle[0] + far * 1.3 * math.cos(a), middle[1] + far * 0.8 * math.sin(a), high_up)
        turn = (dice.uniform(-16, 16), dice.uniform(-16, 16), dice.uniform(0, 360))
        out.append(finished(mesh, wax, grain=along("x"), at=place, turn=turn, smooth=20, name="flake"))
    return thrown.prop(out)


def build(options: dict[str, str]) -> list:
    """The bag; a tin and some flakes beside it."""
    pack = options.get("pack", "kg1")
    w, d, h = SIZES[pack]
    things = [bag(w, d, h), *label(w, d, h, pack), *tie(w, h)]
    return things + tin((w * 0.5 + 0.034, -d * 0.5 - 0.035, 0)) + flakes((w * 0.16, -d * 0.5 - 0.055))
