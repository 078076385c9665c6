"""Chairs, a stool and a bench."""

import math

from nitka.seeds.drawing.finishes import FINISHES, shade, weave
from nitka.seeds.drawing.model import Model, Order, model
from nitka.seeds.drawing.solids import band, board, cushion, lathe, prism, rod, rounded, tube
from nitka.seeds.drawing.space import Eye, Face, moved, part, turned

CORD = weave("#DCCDAF", 0.09)


@model("lind")
def lind(order: Order) -> Model:
    """Dining chair: turned legs, a seat of paper cord, a bent back."""
    wood, w, d, h = order.finish("wood"), order.width, order.depth, order.height
    seat, x, front, back = h * 0.57, w / 2 - 22, -d / 2 + 22, d / 2 - 70
    faces: list[Face] = []
    for side in (-1, 1):
        faces += rod((side * x, front, 0), (side * (x - 8), front + 6, seat + 4), 11, wood, end=17)
        faces += tube(
            [
                (side * x, d / 2 - 12, 0),
                (side * (x - 6), back + 6, seat * 0.7),
                (side * (x - 8), back, seat),
                (side * (x - 6), back + 12, h * 0.8),
                (side * (x - 2), back + 42, h - 16),
            ],
            16,
            wood,
            end=11,
        )
        for z in (0.42, 0.62):
            faces += rod((side * (x - 4), front, seat * z), (side * (x - 5), back + 8, seat * z + 10), 8, wood)
        faces += rod((side * (x - 8), front, seat - 14), (side * (x - 8), back, seat - 14), 12, wood)
    for y, z in ((front + 4, seat - 14), (back, seat - 14), (front + 3, seat * 0.5), (back + 10, seat * 0.56)):
        faces += rod((-x + 6, y, z), (x - 6, y, z), 12 if z > seat * 0.7 else 8, wood)
    faces += board((-x + 8, front + 2, seat - 10), (x - 8, back - 2, seat + 10), CORD, "x")
    faces += _back_rail(x, back + 34, h - 96, h - 12, wood, 18)
    faces += _back_rail(x - 4, back + 14, h * 0.745, h * 0.745 + 38, wood, 14)
    return Model(faces, eye=Eye(32, 18))


def _back_rail(x: float, y: float, low: float, high: float, wood, thickness: float) -> list[Face]:
    """A strip of wood bent backwards between the back legs."""
    deep = 46.0
    radius = (x * x + deep * deep) / (2 * deep)
    half = math.degrees(math.asin(x / radius))
    outline = band(radius - thickness / 2, thickness, 90 - half, 90 + half, (0, y + deep - radius))
    return prism(outline, low, high, wood)


@model("vik")
def vik(order: Order) -> Model:
    """Stool: a dished round seat on four splayed legs."""
    wood, r, h = order.finish("wood"), order.width / 2, order.height
    seat = r * 0.86
    faces = lathe(
        [
            (0, h - 34),
            (seat - 30, h - 34),
            (seat - 4, h - 16),
            (seat, h - 8),
            (seat - 6, h),
            (seat * 0.6, h - 5),
            (0, h - 9),
        ],
        wood,
        crease=60,
    )
    spots = []
    for n in range(4):
        turn = math.radians(45 + 90 * n)
        c, s = math.cos(turn), math.sin(turn)
        low, high = (c * (r - 12) * 1.05, s * (r - 12) * 1.05, 0.0), (c * seat * 0.6, s * seat * 0.6, h - 30)
        faces += rod(low, high, 12, wood, end=17)
        share = 0.34 if h < 550 else 0.30
        spots.append(tuple(a + (b - a) * share for a, b in zip(low, high, strict=True)))
    for n, a in enumerate(spots):
        b = spots[(n + 1) % 4]
        lift = 26 if n % 2 else 0
        faces += rod((a[0], a[1], a[2] + lift), (b[0], b[1], b[2] + lift), 8.5, wood)
    return Model(faces, eye=Eye(20, 22), views=(Eye(0, 0),))


@model("hauk")
def hauk(order: Order) -> Model:
    """Lounge chair: an oak frame with broad arms and two loose cushions."""
    wood, cloth = FINISHES["oak"], order.finish("fabric", default="sand")
    w, d, h = order.width, order.depth, order.height
    x, arm = w / 2 - 26, h * 0.70
    faces: list[Face] = []
    for side in (-1, 1):
        frame = rod((side * x, -d / 2 + 40, 0), (side * x, -d / 2 + 66, arm + 10), 15, wood, end=20)
        frame += rod((side * x, d / 2 - 30, 0), (side * x, d / 2 - 130, arm - 22), 15, wood, end=19)
        paddle = rounded(64, d * 0.80, 30, (side * x, -0.03 * d))
        frame += turned(prism(paddle, arm - 12, arm + 10, wood, grain="y"), "x", -2.5)
        frame += rod((side * x, -d / 2 + 52, h * 0.33), (side * x, d / 2 - 84, h * 0.24), 14, wood)
        faces += part(f"side.{side}", frame)
    for n, (y, z) in enumerate(((-d / 2 + 58, h * 0.33), (d / 2 - 90, h * 0.25))):
        faces += part(f"rail.{n}", rod((-x, y, z), (x, y, z), 15, wood))
    faces += _hauk_back(w, d, h, wood, cloth)
    seat = cushion(w - 128, d * 0.68, 130, cloth, softness=0.26)
    faces += part("seat.0", moved(turned(seat, "x", -6), (0, -0.08 * d, h * 0.33 + 44)))
    return Model(faces, eye=Eye(34, 17))


def _hauk_back(w: float, d: float, h: float, wood, cloth) -> list[Face]:
    """Two rails and slats that lean back, and the back cushion before them."""
    lean: list[Face] = []
    for side in (-1, 1):
        lean += rod((side * (w / 2 - 96), 60, -62), (side * (w / 2 - 96), 60, h * 0.62), 14, wood)
    for z in (0.14, 0.34, 0.56):
        lean += board((-w / 2 + 96, 52, h * z - 22), (w / 2 - 96, 66, h * z + 22), wood)
    lean = part("back.0", lean)
    back = turned(cushion(w - 140, h * 0.58, 120, cloth, softness=0.28), "x", 90)
    lean += part("pillow.0", moved(back, (0, 0, h * 0.34)))
    return moved(turned(lean, "x", -19), (0, d * 0.20, h * 0.36))


@model("vidde")
def vidde(order: Order) -> Model:
    """Sofa: an open oak frame, three cushions to sit on and three to lean against."""
    wood, cloth = FINISHES["oak"], order.finish("fabric", default="sand")
    w, d, h = order.width, order.depth, order.height
    x, rail, arm = w / 2 - 30, h * 0.34, h * 0.74
    faces: list[Face] = []
    for side in (-1, 1):
        frame = rod((side * x, -d / 2 + 36, 0), (side * x, -d / 2 + 44, arm - 8), 17, wood, end=20)
        frame += rod((side * x, d / 2 - 26, 0), (side * x, d / 2 - 60, h * 0.8), 17, wood, end=18)
        paddle = rounded(60, d * 0.88, 28, (side * x, -0.02 * d))
        frame += prism(paddle, arm - 10, arm + 12, wood, grain="y")
        frame += board((side * x - 16, -d / 2 + 50, rail - 34), (side * x + 16, d / 2 - 60, rail), wood, "y")
        faces += part(f"side.{side}", frame)
    for n, y in enumerate((-d / 2 + 44, d / 2 - 110)):
        faces += part(f"rail.{n}", board((-x, y - 16, rail - 44), (x, y + 16, rail), wood, "x"))
    faces += _vidde_back(w, d, h, wood, cloth)
    one = (w - 130) / 3
    for n in (-1, 0, 1):
        seat = cushion(one - 8, d * 0.70, 150, cloth, softness=0.22)
        faces += part(f"seat.{n}", moved(turned(seat, "x", -3), (n * one, -0.10 * d, rail + 70)))
    return Model(faces, eye=Eye(30, 16))


def _vidde_back(w: float, d: float, h: float, wood, cloth) -> list[Face]:
    """Slats between two rails that lean back, and three cushions before them."""
    lean: list[Face] = []
    for z in (0.10, 0.52):
        lean += board((-w / 2 + 50, 20, h * z - 24), (w / 2 - 50, 46, h * z + 24), wood)
    for n in range(11):
        x = -w / 2 + 110 + n * (w - 220) / 10
        lean += board((x - 14, 24, h * 0.12), (x + 14, 40, h * 0.50), wood, "z")
    lean = part("back.0", lean)
    one = (w - 130) / 3
    for n in (-1, 0, 1):
        back = turned(cushion(one - 8, h * 0.52, 140, cloth, softness=0.3), "x", 90)
        lean += part(f"pillow.{n}", moved(back, (n * one, -58, h * 0.36)))
    return moved(turned(lean, "x", -13), (0, d * 0.27, h * 0.40))


@model("bro")
def bro(order: Order) -> Model:
    """Bench: five long slats on two leg frames."""
    wood, w, d, h = order.finish("wood"), order.width, order.depth, order.height
    faces: list[Face] = []
    gap, slats = 12.0, 5
    wide = (d - gap * (slats - 1)) / slats
    for n in range(slats):
        y = -d / 2 + n * (wide + gap)
        faces += board((-w / 2, y, h - 26), (w / 2, y + wide, h), wood, "x")
    dark, legs = shade(wood, 0.92), []
    faces += board((-w / 2 + 130, -14, h - 58), (w / 2 - 130, 14, h - 30), dark, "x")
    for side in (-1, 1):
        x = side * (w / 2 - 130)
        faces += board((x - 20, -d / 2 + 14, h - 66), (x + 20, d / 2 - 14, h - 26), wood, "y")
        for y in (-1, 1):
            leg = rod((x + side * 40, y * (d / 2 - 22), 0), (x, y * (d / 2 - 48), h - 50), 14, wood, end=21)
            legs += part(f"leg.{side}{y}", leg)
    faces = [*part("top.0", faces), *legs]
    return Model(faces, eye=Eye(30, 20))
