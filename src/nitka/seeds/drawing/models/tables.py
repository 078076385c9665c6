"""Tables and a desk."""

import math

from nitka.seeds.drawing.finishes import FINISHES
from nitka.seeds.drawing.model import Model, Order, model
from nitka.seeds.drawing.solids import board, lathe, prism, rod, rounded, tube
from nitka.seeds.drawing.space import TOP, Eye, Face, Point, part


@model("fjell")
def fjell(order: Order) -> Model:
    """Dining table: a softly rounded top, legs that lean out."""
    wood, w, d, h = order.finish("wood"), order.width, order.depth, order.height
    faces = prism(rounded(w, d, 70), h - 20, h, wood, crease=60)
    faces += prism(rounded(w - 30, d - 30, 60), h - 30, h - 20, wood, crease=60)
    x, y = w / 2 - 150, d / 2 - 110
    frame: list[Face] = []
    legs: list[Face] = []
    for side in (-1, 1):
        frame += board((-x, side * (y + 10) - 11, h - 100), (x, side * (y + 10) + 11, h - 30), wood, "x")
        frame += board((side * x - 11, -y, h - 100), (side * x + 11, y, h - 30), wood, "y")
        for other in (-1, 1):
            foot = (side * (w / 2 - 62), other * (d / 2 - 52), 0.0)
            legs += part(f"leg.{side}{other}", rod(foot, (side * x, other * y, h - 32), 19, wood, end=36))
    return Model([*part("top.0", faces), *part("frame.0", frame), *legs], eye=Eye(30, 20))


@model("oy")
def oy(order: Order) -> Model:
    """Coffee table: a round top with a lip, three legs."""
    wood, r, h = order.finish("wood"), order.width / 2, order.height
    faces = lathe(
        [(0, h - 24), (r - 30, h - 24), (r - 4, h - 10), (r, h - 4), (r - 3, h), (r - 14, h), (r - 18, h - 7)],
        wood,
        crease=50,
        steps=96,
    )
    faces = part("top.0", [*faces, _disc(r - 18, h - 7, wood)])
    for n in range(3):
        turn = math.radians(-90 + 28 + 120 * n)
        c, s = math.cos(turn), math.sin(turn)
        leg = rod((c * r * 0.86, s * r * 0.86, 0), (c * r * 0.62, s * r * 0.62, h - 22), 13, wood, end=23)
        leg += rod((c * r * 0.70, s * r * 0.70, h - 52), (0, 0, h - 52), 10, wood)
        faces += part(f"leg.{n}", leg)
    return Model(faces, eye=Eye(20, 27), views=(Eye(0, 0), TOP))


def _disc(radius: float, z: float, finish, steps: int = 96) -> Face:
    """A round flat face, looking up, with a grain."""
    turns = [2 * math.pi * n / steps for n in range(steps)]
    points = tuple((radius * math.cos(t), radius * math.sin(t), z) for t in turns)
    return Face(points, finish, f"disc{radius}{z}", grain=(1.0, 0.0, 0.0))


@model("skrin")
def skrin(order: Order) -> Model:
    """Desk: two shallow drawers under the top, a low rim at the back."""
    wood, w, d, h = order.finish("wood"), order.width, order.depth, order.height
    knob = FINISHES["brass"]
    top = h - 40
    faces = board((-w / 2, -d / 2, top - 22), (w / 2, d / 2, top), wood, "x")
    faces += board((-w / 2, d / 2 - 18, top), (w / 2, d / 2, h), wood, "x")
    loose: list[Face] = []
    for side in (-1, 1):
        edge = side * (w / 2 - 18)
        faces += board(
            (min(edge, edge + side * 18), -d / 2 + 170, top),
            (max(edge, edge + side * 18), d / 2 - 18, h - 8),
            wood,
            "y",
        )
        faces += board(
            (side * (w / 2 - 34) - 12, -d / 2 + 14, top - 122),
            (side * (w / 2 - 34) + 12, d / 2 - 14, top - 22),
            wood,
            "y",
        )
        for y in (-1, 1):
            foot: Point = (side * (w / 2 - 26), y * (d / 2 - 26), 0)
            leg = rod(foot, (side * (w / 2 - 44), y * (d / 2 - 44), top - 22), 14, wood, end=22)
            loose += part(f"leg.{side}{y}", leg)
        front = (side * (w / 4 - 18) - w / 4 + 32, side * (w / 4 - 18) + w / 4 - 32)
        drawer = board((front[0], -d / 2 + 12, top - 116), (front[1], -d / 2 + 32, top - 30), wood, "x")
        drawer += board((front[0] + 20, -d / 2 + 32, top - 110), (front[1] - 20, d / 2 - 60, top - 50), wood, "y")
        middle = (front[0] + front[1]) / 2
        drawer += rod((middle, -d / 2 + 12, top - 73), (middle, -d / 2 - 8, top - 73), 6, knob, end=11)
        loose += part(f"drawer.{side}", drawer)
    faces += board((-w / 2 + 46, d / 2 - 32, top - 122), (w / 2 - 46, d / 2 - 14, top - 22), wood, "x")
    return Model([*part("top.0", faces), *loose], eye=Eye(30, 20))


@model("liten")
def liten(order: Order) -> Model:
    """Side table: a steel tray on a stem, with a handle above it."""
    paint, r, h = order.finish("colour", default="clay"), order.width / 2, order.height
    tray = h * 0.80
    faces = lathe([(0, 0), (r * 0.74, 0), (r * 0.74, 7), (r * 0.70, 10), (12, 14), (0, 14)], paint, steps=96)
    faces += rod((0, 0, 10), (0, 0, h - 34), 9, paint)
    faces += lathe(
        [
            (0, tray),
            (r - 14, tray),
            (r, tray + 8),
            (r, tray + 26),
            (r - 4, tray + 26),
            (r - 5, tray + 10),
            (r - 16, tray + 5),
            (0, tray + 5),
        ],
        paint,
        steps=96,
        crease=60,
    )
    loop = [(44 * math.cos(math.radians(t)), 0.0, h - 50 + 44 * math.sin(math.radians(t))) for t in range(-90, 271, 10)]
    faces += tube(loop, 6, paint)
    return Model(faces, eye=Eye(24, 20), views=(Eye(0, 0),))
