"""Bro: a bench of five slats on a beam and four legs that screw in by hand."""

from studio.materials import wood
from studio.parts import board, leg

DETAIL = {"look": (-0.30, -0.10, 0.42), "from": (-0.75, -0.8, 0.62), "width": 0.40}
MAIN = {"wood": "oak", "length": "l140"}


def build(options):
    """A bench 1,000 or 1,400 long, 340 deep, 450 high."""
    oak = wood(options.get("wood", "oak"))
    w, d, h = (1.4 if options.get("length") == "l140" else 1.0), 0.34, 0.45
    slats, gap = 5, 0.011
    wide = (d - gap * (slats - 1)) / slats
    things = []
    for n in range(slats):
        y = -d / 2 + wide / 2 + n * (wide + gap)
        things.append(board((w, wide, 0.026), (0, y, h - 0.013), oak, bevel=0.0045))
    things.append(board((w - 0.20, 0.034, 0.056), (0, 0, h - 0.026 - 0.028), oak, bevel=0.004))
    for side in (-1, 1):
        x = side * (w / 2 - 0.15)
        things.append(board((0.062, d - 0.03, 0.030), (x, 0, h - 0.041), oak, bevel=0.007))
        for way in (-1, 1):
            low = (x + side * 0.052, way * (d / 2 - 0.0135), 0)
            high = (x, way * (d / 2 - 0.062), h - 0.052)
            profile = [(0, 0.0125), (0.15, 0.0145), (0.5, 0.0195), (0.8, 0.0215), (0.93, 0.0215), (1, 0.0205)]
            things.append(leg(low, high, profile, oak))
    return things
