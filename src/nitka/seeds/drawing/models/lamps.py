"""Lamps: hanging, on the table, on the floor, in the hand."""

import math

from nitka.seeds.drawing.finishes import FINISHES, LIGHT, STEEL, shade, weave
from nitka.seeds.drawing.model import Model, Order, model
from nitka.seeds.drawing.solids import lathe, rod, smooth, tube
from nitka.seeds.drawing.space import Eye, Face

LINEN_SHADE = weave("#F6EBD3", 0.03)


def _dome(radius: float, height: float, low: float, bulge: float = 1.0) -> list[tuple[float, float]]:
    """A quarter of an ellipse from the rim up to the crown."""
    turns = [math.radians(90 * n / 44) for n in range(45)]
    return [(radius * math.cos(t) ** bulge, low + height * math.sin(t)) for t in turns]


@model("mane")
def mane(order: Order) -> Model:
    """Pendant: a spun dome with a soft edge on a textile cord."""
    paint, r, h = order.finish("colour", default="chalk"), order.width / 2, order.height
    dome = [(r - 3, 0), (r, 4), *_dome(r, h * 0.78, 8)[1:-1], (18, h * 0.80), (18, h), (0, h)]
    faces = lathe(dome, paint, steps=96, crease=50)
    inside = [(x * 0.985, z - 3) for x, z in reversed(_dome(r, h * 0.76, 6))]
    faces += lathe(inside, shade(FINISHES["chalk"], 1.03), steps=96)
    bulb = [(0.1, 8), (r * 0.30, 20), (r * 0.40, 60), (r * 0.3, 100), (0, 110)]
    faces += lathe(bulb, LIGHT)
    cord = rod((0, 0, h), (0, 0, h + r * 3.2), 3.2, STEEL)
    return Model(faces + cord, eye=Eye(0, -11), views=(Eye(0, 0),), measured=faces)


@model("fyr")
def fyr(order: Order) -> Model:
    """Table lamp: a thrown stoneware foot, a linen shade."""
    glaze, r, h = order.finish("glaze", default="dune"), order.width / 2, order.height
    body = h * 0.52
    foot = [
        (0, 0),
        (r * 0.50, 0),
        (r * 0.56, 8),
        (r * 0.66, body * 0.30),
        (r * 0.64, body * 0.50),
        (r * 0.48, body * 0.76),
        (r * 0.24, body * 0.92),
        (r * 0.17, body),
        (0, body),
    ]
    faces = lathe(smooth(foot), glaze, steps=80, crease=60)
    faces += rod((0, 0, body), (0, 0, h * 0.66), 9, FINISHES["brass"])
    low, high = h * 0.56, h
    faces += lathe([(r, low), (r * 0.72, high)], LINEN_SHADE, steps=96, both_sides=True)
    faces += lathe([(r + 0.8, low), (r + 0.8, low + 7)], shade(LINEN_SHADE, 0.93), steps=96)
    faces += lathe([(r * 0.72 + 0.8, high - 7), (r * 0.72 + 0.8, high)], shade(LINEN_SHADE, 0.93), steps=96)
    return Model(faces, eye=Eye(0, 9), views=(Eye(0, 0),))


@model("siv")
def siv(order: Order) -> Model:
    """Floor lamp: a reed of steel that bows over the chair."""
    metal, w, h = order.finish("colour", default="black"), order.width, order.height
    foot = -w / 2 + 130
    faces = lathe([(0, 0), (130, 0), (130, 14), (124, 18), (14, 20), (0, 20)], metal, at=(foot, 0, 0), steps=80)
    reach = w / 2 - 110 - foot
    bow = [
        (foot + reach * (1 - math.cos(t)) / 2 * 1.0, 0.0, h * 0.72 + (h * 0.28 - 10) * math.sin(t))
        for t in (math.radians(150 * n / 20) for n in range(21))
    ]
    faces += tube([(foot, 0, 16), (foot, 0, h * 0.4), (foot, 0, h * 0.66), *bow], 8.5, metal, end=7)
    end = bow[-1]
    cone = [
        (108, end[2] - 190),
        (110, end[2] - 186),
        (52, end[2] - 20),
        (44, end[2] - 8),
        (12, end[2]),
        (0, end[2] + 2),
    ]
    faces += lathe(cone, metal, at=(end[0], 0, 0), steps=72, crease=50)
    faces += lathe(
        [(46, end[2] - 24), (107, end[2] - 189)], shade(FINISHES["chalk"], 1.03), at=(end[0], 0, 0), steps=72
    )
    faces += lathe(
        [(0.1, end[2] - 188), (34, end[2] - 176), (34, end[2] - 130), (0, end[2] - 110)], LIGHT, at=(end[0], 0, 0)
    )
    return Model(faces, eye=Eye(18, 9), views=(Eye(0, 0),))


@model("gnist")
def gnist(order: Order) -> Model:
    """Portable lamp: a mushroom of painted aluminium with a loop to carry it."""
    paint, r, h = order.finish("colour", default="clay"), order.width / 2, order.height
    faces = lathe(
        [(0, 0), (r * 0.62, 0), (r * 0.64, 4), (r * 0.64, 22), (r * 0.60, 27), (9, 34), (0, 34)],
        paint,
        steps=80,
        crease=50,
    )
    faces += rod((0, 0, 30), (0, 0, h * 0.62), 8, paint)
    low = h * 0.58
    faces += lathe([(r - 2, low), (r, low + 3), *_dome(r, h * 0.26, low + 4)[1:]], paint, steps=96, crease=60)
    faces += lathe([(0, low + 1), (r - 4, low + 1)], LIGHT, steps=96, both_sides=True)
    loop = [
        (r * 0.24 * math.cos(math.radians(t)), 0.0, h * 0.80 + (h * 0.2 - 6) * math.sin(math.radians(t)))
        for t in range(0, 181, 10)
    ]
    loop_faces: list[Face] = tube(loop, 4.5, FINISHES["brass"])
    return Model(faces + loop_faces, eye=Eye(14, 10), views=(Eye(0, 0),))
