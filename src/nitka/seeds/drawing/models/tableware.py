"""Plates, mugs, wax and soap."""

import math

from nitka.seeds.drawing.finishes import FINISHES, LIGHT, PAPER, THREAD, Finish, plain, shade
from nitka.seeds.drawing.model import Model, Order, model
from nitka.seeds.drawing.solids import board, lathe, prism, rod, rounded, smooth, tube
from nitka.seeds.drawing.space import TOP, Eye, Face, moved, turned

CLAY_BODY = plain("#B98E68")


def _plate(r: float, h: float, glaze: Finish) -> list[Face]:
    """A plate with an upright rim; the unglazed foot shows the clay."""
    faces = lathe([(0, 0), (r * 0.60, 0), (r * 0.62, 4)], CLAY_BODY, steps=96)
    faces += lathe(
        [
            (r * 0.62, 4),
            (r * 0.94, 9),
            (r * 0.985, h * 0.5),
            (r, h - 2),
            (r * 0.99, h),
            (r * 0.97, h - 1),
            (r * 0.95, h * 0.5),
            (r * 0.90, 13),
            (r * 0.78, 10),
            (0, 9),
        ],
        glaze,
        steps=110,
        crease=75,
    )
    return faces


@model("leir")
def leir(order: Order) -> Model:
    """Plates: a stack of four, a fifth laid before it."""
    glaze, r, h = order.finish("glaze", default="dune"), order.width / 2, order.height
    faces: list[Face] = []
    for n in range(4):
        faces += moved(_plate(r, h, glaze), (r * 0.42, r * 0.55, n * h * 0.66))
    faces += moved(_plate(r, h, glaze), (-r * 0.72, -r * 1.22, 0))
    return Model(faces, eye=Eye(14, 33), views=(Eye(0, 0), TOP), measured=_plate(r, h, glaze))


@model("skal")
def skal(order: Order) -> Model:
    """Bowl: a raw foot, a wall that opens like half a shell."""
    glaze, r, h = order.finish("glaze", default="dune"), order.width / 2, order.height
    faces = lathe([(0, 0), (r * 0.36, 0), (r * 0.39, h * 0.07)], CLAY_BODY, steps=96, crease=60)
    outside = [
        (0, 0), (r * 0.39, h * 0.07), (r * 0.66, h * 0.24), (r * 0.87, h * 0.55), (r * 0.98, h * 0.90), (r, h - 1),
        (r * 0.985, h), (0, h),
    ]  # fmt: skip
    faces += lathe(smooth(outside, 9)[1:-1], glaze, steps=110, crease=80)
    inside = [(r * 0.985, h), (r * 0.955, h * 0.9), (r * 0.84, h * 0.56), (r * 0.6, h * 0.27), (0, h * 0.14)]
    faces += lathe(smooth(inside, 7), glaze, steps=110, crease=80)
    return Model(faces, eye=Eye(14, 26))


@model("kopp")
def kopp(order: Order) -> Model:
    """Mug: a straight wall, a raw foot, an ear for three fingers."""
    glaze, h = order.finish("glaze", default="dune"), order.height
    r = order.depth / 2
    faces = lathe([(0, 0), (r * 0.80, 0), (r * 0.86, 3), (r * 0.93, h * 0.14)], CLAY_BODY, steps=96, crease=60)
    wall = [(0, 0), (r * 0.93, h * 0.14), (r * 0.99, h * 0.3), (r, h * 0.55), (r * 0.985, h - 3), (r * 0.97, h), (0, h)]
    faces += lathe(smooth(wall, 9)[1:-1], glaze, steps=96, crease=80)
    hollow = [(r * 0.97, h), (r * 0.93, h - 3), (r * 0.94, h * 0.5), (r * 0.9, h * 0.2), (0, h * 0.12)]
    faces += lathe(hollow, glaze, steps=96, crease=80)
    ear = [
        (
            r * 0.9 + (order.width - 2 * r) * 0.93 * math.sin(math.radians(t)) ** 0.7,
            0.0,
            h * 0.52 - h * 0.27 * math.cos(math.radians(t)),
        )
        for t in range(0, 181, 5)
    ]
    handle = tube(ear, 7.5, glaze, steps=28, flat=0.8)
    body = moved(faces + handle, (-(order.width / 2 - r), 0, 0))
    drink = lathe(
        [(0, h * 0.80), (r * 0.93, h * 0.80)],
        plain("#6B4A33"),
        at=(-(order.width / 2 - r), 0, 0),
        steps=96,
        both_sides=True,
    )
    return Model(turned(body + drink, "z", -30), eye=Eye(0, 26), views=(Eye(0, 0),), measured=body)


@model("voks")
def voks(order: Order) -> Model:
    """Wax flakes: a paper bag tied with thread, a tin with a burning candle beside it."""
    w, d, h = order.width, order.depth, order.height
    kraft = plain("#C9A778")
    body = h * 0.74
    bag = prism(rounded(w, d, 8), 0, body, kraft, crease=60)
    fold = [(-d / 2, body), (d / 2, body), (6, h - 40), (6, h), (-6, h), (-6, h - 40)]
    bag += prism(fold, -w / 2 + 2, w / 2 - 2, shade(kraft, 0.97), axis="x", crease=20)
    bag += board((-w / 2, -8, h - 34), (w / 2, 8, h - 24), THREAD)
    bag += board((-w * 0.30, -d / 2 - 1.2, body * 0.22), (w * 0.30, -d / 2 - 0.4, body * 0.74), PAPER)
    bag += board((-w * 0.22, -d / 2 - 2, body * 0.60), (w * 0.22, -d / 2 - 1.4, body * 0.615), THREAD)
    bag += board((-w * 0.22, -d / 2 - 2, body * 0.33), (w * 0.05, -d / 2 - 1.4, body * 0.345), shade(PAPER, 0.6))
    r, tall = w * 0.24, h * 0.22
    tin = lathe([(0, 0), (r, 0), (r, tall), (r * 0.96, tall), (r * 0.95, tall * 0.82)], FINISHES["brass"], steps=72)
    tin += lathe([(r * 0.95, tall * 0.8), (0, tall * 0.78)], PAPER, steps=72)
    tin += rod((0, 0, tall * 0.8), (0, 0, tall * 0.98), 1.6, plain("#4A4038"), steps=10)
    flame = [(0.1, 0.0), (6, 9), (7, 17), (4.5, 28), (1.5, 40), (0, 46)]
    tin += lathe(flame, LIGHT, at=(0, 0, tall * 0.94), steps=32)
    scene = bag + moved(tin, (w * 0.60, -d * 0.85, 0))
    return Model(scene, eye=Eye(24, 17), measured=bag)


@model("sape")
def sape(order: Order) -> Model:
    """Linseed soap: a brown bottle with a paper label and a thread round its neck."""
    r, h = order.width / 2 - 1.3, order.height  # the label lies on the glass
    glass, cap = plain("#7A4E2C"), plain("#2F2C29")
    shoulder = h * 0.70
    curve = [
        (r * (0.36 + 0.64 * math.cos(math.radians(t))), shoulder + h * 0.13 * math.sin(math.radians(t)))
        for t in range(0, 91, 9)
    ]
    faces = lathe(
        [(0, 0), (r * 0.94, 0), (r, 5), *curve, (r * 0.34, h * 0.88), (0, h * 0.88)], glass, steps=96, crease=60
    )
    faces += lathe([(r * 0.42, h * 0.87), (r * 0.42, h - 3), (r * 0.39, h), (0, h)], cap, steps=64)
    faces += lathe([(r + 0.8, h * 0.14), (r + 0.8, h * 0.58)], PAPER, steps=96)
    for low, finish in ((0.50, THREAD), (0.30, shade(PAPER, 0.72)), (0.26, shade(PAPER, 0.72))):
        faces += lathe([(r + 1.3, h * low), (r + 1.3, h * (low + 0.008))], finish, steps=96)
    faces += lathe([(r * 0.39, h * 0.845), (r * 0.39, h * 0.862)], THREAD, steps=48)
    cloth = prism(rounded(r * 3.0, r * 2.4, r * 0.4), 0, 9, FINISHES["natural"], crease=40)
    cloth += moved(prism(rounded(r * 2.9, r * 2.3, r * 0.4), 0, 9, FINISHES["natural"], crease=40), (3, 4, 9))
    scene = faces + moved(turned(cloth, "z", 12), (r * 2.3, r * 0.6, 0))
    return Model(scene, eye=Eye(10, 15), views=(Eye(0, 0),), measured=faces)
