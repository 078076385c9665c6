"""Shelves, a crate and a rail of pegs."""

from nitka.seeds.drawing.finishes import FINISHES, STEEL, shade
from nitka.seeds.drawing.model import Model, Order, model
from nitka.seeds.drawing.solids import board, prism, rod, rounded
from nitka.seeds.drawing.space import Eye, Face, part


@model("stige")
def stige(order: Order) -> Model:
    """Ladder shelf: two frames that lean, five shelves that grow towards the floor."""
    wood, w, d, h = order.finish("wood"), order.width, order.depth, order.height
    faces: list[Face] = []
    back = d / 2 - 14
    for side in (-1, 1):
        x = side * (w / 2 - 12)
        lean = [(-d / 2, 0.0), (-d / 2 + 36, 0.0), (back - 20, h), (back - 56, h)]
        frame = prism(lean, x - 12, x + 12, wood, axis="x", grain="z", crease=10)
        frame += board((x - 12, back - 20, 0), (x + 12, back + 14, h), wood, "z")
        faces += part(f"side.{side}", frame)
    for n in range(5):
        z = 150 + n * (h - 250) / 4
        front = -d / 2 + (d - 70) * z / h
        shelf = board((-w / 2 + 24, front + 4, z), (w / 2 - 24, back, z + 20), wood, "x")
        shelf += board((-w / 2 + 24, back - 8, z + 20), (w / 2 - 24, back, z + 56), wood, "x")
        faces += part(f"shelf.{n}", shelf)
    return Model(faces, eye=Eye(30, 15))


@model("hylle")
def hylle(order: Order) -> Model:
    """Wall shelf: one board with a rail, two steel brackets."""
    wood, w, d, h = order.finish("wood"), order.width, order.depth, order.height
    faces = board((-w / 2, -d / 2, h - 24), (w / 2, d / 2, h), wood, "x")
    faces += rod((-w / 2 + 16, -d / 2 + 14, h + 26), (w / 2 - 16, -d / 2 + 14, h + 26), 5, FINISHES["brass"])
    for side in (-1, 1):
        faces += rod(
            (side * (w / 2 - 16), -d / 2 + 14, h), (side * (w / 2 - 16), -d / 2 + 14, h + 26), 5, FINISHES["brass"]
        )
        x = side * w * 0.32
        faces += board((x - 12, d / 2 - 6, 0), (x + 12, d / 2, h - 24), STEEL)
        faces += board((x - 12, -d / 2 + 30, h - 30), (x + 12, d / 2 - 6, h - 24), STEEL)
        stay = [(-d / 2 + 40, h - 30), (-d / 2 + 34, h - 36), (d / 2 - 14, 8.0), (d / 2 - 6, 14.0)]
        faces += prism(stay, x - 4, x + 4, STEEL, axis="x")
    return Model(faces, eye=Eye(26, 16))


@model("kasse")
def kasse(order: Order) -> Model:
    """Crate: a stack of slats with a grip, corners dovetailed."""
    wood, w, d, h = order.finish("wood"), order.width, order.depth, order.height
    faces: list[Face] = []
    t = 14.0
    rows = 3 if h > 180 else 2
    gap = 9.0
    high = (h - gap * (rows - 1)) / rows
    inner = shade(wood, 0.94)
    for n in range(rows):
        z0, z1 = n * (high + gap), n * (high + gap) + high
        for side in (-1, 1):
            y = side * (d / 2 - t / 2)
            faces += board((-w / 2, y - t / 2, z0), (w / 2, y + t / 2, z1), wood, "x")
            x = side * (w / 2 - t / 2)
            if n < rows - 1:
                faces += board((x - t / 2, -d / 2 + t, z0), (x + t / 2, d / 2 - t, z1), wood, "y")
            else:
                faces += _grip_side(x, d, z0, z1, t, wood)
    for x in (-1, 1):
        for y in (-1, 1):
            cx, cy = x * (w / 2 - t - 9), y * (d / 2 - t - 9)
            faces += board((cx - 9, cy - 9, 6), (cx + 9, cy + 9, h - 4), inner, "z")
    faces += board((-w / 2 + t, -d / 2 + t, 4), (w / 2 - t, d / 2 - t, 14), inner, "x")
    return Model(faces, eye=Eye(36, 24))


def _grip_side(x: float, d: float, z0: float, z1: float, t: float, wood) -> list[Face]:
    """The top slat of a short side, with an opening for the hand."""
    hole, lip = d * 0.20, (z1 - z0) * 0.34
    faces = board((x - t / 2, -d / 2 + t, z0), (x + t / 2, -hole, z1), wood, "y")
    faces += board((x - t / 2, hole, z0), (x + t / 2, d / 2 - t, z1), wood, "y")
    faces += board((x - t / 2, -hole, z1 - lip), (x + t / 2, hole, z1), wood, "y")
    return faces + board((x - t / 2, -hole, z0), (x + t / 2, hole, z0 + lip * 0.6), wood, "y")


@model("krok")
def krok(order: Order) -> Model:
    """Peg rail: turned pegs on a rounded board."""
    wood, w, d, h = order.finish("wood"), order.width, order.depth, order.height
    pegs = round((w - 120) / 160) + 1
    outline = [(z + h / 2, x) for z, x in rounded(h, w, h / 2 - 2)]
    faces = prism(outline, d / 2 - 22, d / 2, wood, axis="y", crease=60)
    for n in range(pegs):
        x = (n - (pegs - 1) / 2) * (w - 120) / (pegs - 1)
        neck, tip = (x, d / 2 - 22, h * 0.42), (x, -d / 2 + 14, h * 0.64)
        faces += rod(neck, tip, 12, wood, end=9)
        faces += rod(tip, (x, -d / 2 + 3, h * 0.68), 11, wood, end=19)
        faces += rod((x, -d / 2 + 3, h * 0.68), (x, -d / 2 - 3, h * 0.70), 19, wood, end=14)
    return Model(faces, eye=Eye(34, 16))
