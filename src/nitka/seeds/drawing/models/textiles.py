"""Cloth: by the metre, as a throw, a rug, a cushion."""

import itertools
import math

from nitka.seeds.drawing.finishes import FINISHES, PAPER, Finish, shade
from nitka.seeds.drawing.model import Model, Order, model
from nitka.seeds.drawing.solids import board, pillow, prism, rod, rounded, skin
from nitka.seeds.drawing.space import TOP, Eye, Face, Point, moved, turned


@model("lin")
def lin(order: Order) -> Model:
    """Linen by the metre: a bolt whose end runs out over the floor in soft folds."""
    cloth, w = order.finish("colour", default="natural"), order.width / 2  # rolled double
    core, r = 26.0, 84.0
    faces = rod((-w / 2 - 40, 0, r), (w / 2 + 40, 0, r), core, PAPER, steps=40)
    edge = [(r * math.cos(t), r + r * math.sin(t)) for t in (math.radians(n * 5) for n in range(72))]
    faces += prism(edge, -w / 2, w / 2, cloth, axis="x", crease=40)
    for n in range(1, 5):
        ring = core + (r - core) * n / 5
        for side in (-1, 1):
            faces += _spiral(side * (w / 2 + 0.6), ring, r, shade(cloth, 0.8))
    path: list[Point] = [
        (0, r * math.cos(t) - 2, r + r * math.sin(t)) for t in (math.radians(a) for a in range(100, 251, 10))
    ]
    for n in range(41):
        run = n / 40
        wave = 24 * math.sin(run * 9.5) ** 2 * (1 - 0.45 * run)
        path.append((0, -r * 0.5 - run * 430, 6 + wave))
    rows = [
        [(x + 26 * math.sin(p[1] * 0.006) * (p[1] < -60), p[1], p[2] + 2) for p in path]
        for x in (-w / 2 + 4 + (w - 8) * k / 24 for k in range(25))
    ]
    faces += skin(rows, cloth, "drape", closed=False, both_sides=True)
    plan = board((-w, -order.depth / 2, 0), (w, order.depth / 2, 2), cloth, "x")
    return Model(faces, eye=Eye(26, 24), views=(TOP,), measured=plan)


def _spiral(x: float, radius: float, height: float, finish: Finish) -> list[Face]:
    """A thin ring on the end of the bolt, where one layer lies on the next."""
    out, steps = [], 48
    for n in range(steps):
        a, b = 2 * math.pi * n / steps, 2 * math.pi * (n + 1) / steps
        corners = tuple(
            (x, q * math.cos(t), height + q * math.sin(t))
            for q, t in ((radius, a), (radius + 1.6, a), (radius + 1.6, b), (radius, b))
        )
        out.append(Face(corners, finish, f"spiral{x}{radius}", open=True))
    return out


@model("sauda")
def sauda(order: Order) -> Model:
    """Wool throw: folded twice, fringe at the front."""
    cloth = order.finish("colour", default="grey")
    pale = shade(FINISHES["white"], 0.97)
    w, d, fold = 520.0, 380.0, 30.0
    faces: list[Face] = []
    for n in range(4):
        outline = rounded(d - n * 5, fold, fold / 2 - 0.5, (n * 2.0, n * (fold - 1) + fold / 2), steps=6)
        faces += prism(outline, -w / 2 + n, w / 2 - n, cloth, axis="x", crease=40)
    top = 4 * (fold - 1) + 1.6
    for y in (-118, -86, -70, 58, 74, 106):
        faces += board((-w / 2 + 4, y, top - 1.2), (w / 2 - 4, y + (16 if abs(y) > 80 else 8), top), pale, "x")
    for n in range(44):
        x = -w / 2 + 8 + n * (w - 16) / 43
        sway = 5 * math.sin(n * 2.4)
        faces += rod((x, -d / 2 + 3, fold * 1.5), (x + sway, -d / 2 - 15, 4), 2.3, cloth, steps=8)
    plan = _plan(order, cloth, pale)
    return Model(faces, eye=Eye(32, 27), views=(TOP,), measured=plan)


def _plan(order: Order, cloth: Finish, stripe: Finish) -> list[Face]:
    """The whole throw or rug from above, fringe on its short sides."""
    w, d = order.width, order.depth
    faces = board((-w / 2, -d / 2, 0), (w / 2, d / 2, 10), cloth, "x")
    for share in (0.40, 0.33):
        for side in (-1, 1):
            y = side * share * d
            faces += board((-w / 2, y - d * 0.014, 10), (w / 2, y + d * 0.014, 11), stripe, "x")
    return faces


@model("hav")
def hav(order: Order) -> Model:
    """Flat-woven rug: bands like a coast line, a knotted fringe."""
    cloth, w, d = order.finish("colour", default="indigo"), order.width, order.depth - 92
    pale = FINISHES["natural"]
    faces = board((-w / 2, -d / 2, 0), (w / 2, d / 2, 9), cloth, "x")
    bands = ((0.44, 0.020), (0.395, 0.008), (0.33, 0.030), (0.25, 0.006), (0.20, 0.014), (0.08, 0.006))
    for share, half in bands:
        for side in (-1, 1):
            tone = pale if half > 0.007 else shade(cloth, 1.35)
            faces += board(
                (-w / 2, side * share * d - half * d, 9), (w / 2, side * share * d + half * d, 9.6), tone, "x"
            )
    for n in range(70):
        x = -w / 2 + 10 + n * (w - 20) / 69
        for side in (-1, 1):
            faces += rod((x, side * d / 2, 5), (x + 6 * math.sin(n * 1.7), side * (d / 2 + 46), 3), 3.6, pale, steps=6)
    return Model(faces, eye=Eye(34, 34), views=(TOP,), measured=faces)


@model("pute")
def pute(order: Order) -> Model:
    """Scatter cushion with a piped edge, leaning back a little."""
    cloth, w, h = order.finish("colour", default="natural"), order.width, order.height
    faces = pillow(w, h, order.depth, cloth)
    seam = []
    for n in range(161):
        t = n / 160 * 4
        side, run = int(t) % 4, (t % 1) * 2 - 1
        inset = 0.07 * (1 - run * run) ** 2
        spot = ((run, -1 + inset), (1 - inset, run), (-run, 1 - inset), (-1 + inset, -run))[side]
        seam.append((spot[0] * w / 2, 0.0, spot[1] * h / 2 + h / 2))
    for a, b in itertools.pairwise(seam):
        faces += [_same(face, "piping") for face in rod(a, b, 4.5, shade(cloth, 0.9), steps=8)]
    return Model(moved(turned(faces, "x", -14), (0, 0, 6)), eye=Eye(30, 14), views=(Eye(0, 0),), measured=faces)


def _same(face: Face, group: str) -> Face:
    return Face(face.points, face.finish, group, face.open, face.grain)
