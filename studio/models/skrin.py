"""Skrin: a writing desk with two shallow drawers on waxed runners and a low rim."""

from studio.materials import metal, wood
from studio.parts import board, lathe, taper

DETAIL = {"look": (-0.20, -0.28, 0.70), "from": (-0.55, -0.9, 0.5), "width": 0.46}


def build(options):
    """A desk 1,200 wide, 600 deep, 780 high with its rim; the writing surface at 740."""
    oak, brass = wood(options.get("wood", "oak")), metal("brass")
    w, d, h = 1.2, 0.6, 0.78
    top = h - 0.04
    things = [
        board((w, d / 3, 0.022), (0, y, top - 0.011), oak, bevel=b)
        for y, b in ((-d / 3, 0.004), (0, 0.0006), (d / 3, 0.0006))
    ]
    things.append(board((w - 0.002, 0.018, 0.0395), (0, d / 2 - 0.009, top + 0.0197), oak, bevel=0.005))
    for side in (-1, 1):
        edge = side * (w / 2 - 0.010)
        things.append(board((0.018, d - 0.19, 0.030), (edge, 0.086, top + 0.015), oak, grain="y", bevel=0.005))
        x = side * (w / 2 - 0.040)
        things.append(board((0.022, d - 0.07, 0.096), (x, 0.004, top - 0.070), oak, bevel=0.003))
        for way in (-1, 1):
            things.append(
                taper((side * (w / 2 - 0.017), way * (d / 2 - 0.017), 0), (x, way * (d / 2 - 0.042), top - 0.022),
                      (0.026, 0.026), (0.044, 0.044), oak, bevel=0.006)
            )  # fmt: skip
    things.append(board((w - 0.09, 0.020, 0.096), (0, d / 2 - 0.045, top - 0.070), oak))
    things.append(board((0.0236, d - 0.085, 0.096), (0, -0.0125, top - 0.070), oak, bevel=0.002))
    things.append(board((w - 0.09, d - 0.09, 0.006), (0, 0.0, top - 0.108), oak, bevel=0))
    things += _front(w, d, top, oak, brass)
    return things


def _front(w, d, top, oak, brass):
    """A thin rail over and under two drawers, each with a turned knob."""
    y = -d / 2 + 0.036
    things = [board((w - 0.10, 0.018, 0.012), (0, y + 0.003, top - 0.113), oak, bevel=0.002)]
    wide = (w - 0.10 - 0.028) / 2
    for side in (-1, 1):
        x = side * (wide / 2 + 0.012)
        things.append(board((wide - 0.004, 0.018, 0.078), (x, y, top - 0.0645), oak, bevel=0.0025))
        knob = [(0, 0), (0.0055, 0), (0.0050, 0.008), (0.0055, 0.012), (0.0100, 0.016), (0.0118, 0.020),
                    (0.0112, 0.0235),
                (0.0075, 0.0258), (0, 0.0263)]  # fmt: skip
        things.append(lathe(knob, brass, at=(x, y - 0.009, top - 0.0645), turn=(90, 0, 0), segments=40, name="knob"))
    return things
