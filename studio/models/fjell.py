"""Fjell: a dining table with rounded corners and legs that lean out."""

from functools import partial

from studio.materials import wood
from studio.parts import board, leg, outline, prism

DETAIL = {"look": (-0.66, -0.36, 0.70), "from": (-0.7, -0.9, 0.5), "width": 0.55}
MAIN = {"wood": "oak", "length": "l160"}


def build(options):
    """A table 1,600 or 2,000 long, 900 deep, 740 high; the top glued up from boards."""
    oak = wood(options.get("wood", "oak"))
    w, d, h = (2.0 if options.get("length") == "l200" else 1.6), 0.9, 0.74
    things = _top(w, d, h, oak)
    x, y = w / 2 - 0.175, d / 2 - 0.125
    for side in (-1, 1):
        things.append(board((2 * x, 0.024, 0.085), (0, side * (y - 0.004), h - 0.072), oak, bevel=0.005))
        things.append(board((0.024, 2 * y, 0.085), (side * (x - 0.004), 0, h - 0.072), oak, bevel=0.005))
        for other in (-1, 1):
            foot = (side * (w / 2 - 0.078), other * (d / 2 - 0.062), 0)
            profile = [(0, 0.0175), (0.1, 0.0195), (0.45, 0.0275), (0.75, 0.0335), (0.92, 0.0345), (1, 0.0335)]
            things.append(leg(foot, (side * x, other * y, h - 0.028), profile, oak, segments=40))
    return things


def _top(w, d, h, oak):
    """Six boards side by side; their outline is cut round together, so the seams are only a change of the grain."""
    thick, boards = 0.028, 6
    shape = outline(w, d, 0.085, 14)
    things = []
    for n in range(boards):
        low, high = -d / 2 + d * n / boards, -d / 2 + d * (n + 1) / boards
        strip = _strip(shape, low, high)
        seams = [y for y in (low, high) if abs(y) < d / 2 - 1e-4]
        glued = partial(_glued, seams)
        things.append(prism(strip, thick, oak, at=(0, 0, h - thick), bevel=0.009, sharp=glued, name="top"))
    return things


def _glued(seams, middle):
    """Whether an edge lies in a seam, where two boards are glued."""
    return any(abs(middle.y - y) < 1e-4 for y in seams)


def _strip(shape, low, high):
    """The part of a convex outline between two lines of y."""
    for bound, sign in ((low, 1), (high, -1)):
        cut = []
        for k, p in enumerate(shape):
            q = shape[(k + 1) % len(shape)]
            a, b = sign * (p[1] - bound), sign * (q[1] - bound)
            if a >= 0:
                cut.append(p)
            if a * b < 0:
                t = a / (a - b)
                cut.append((p[0] + (q[0] - p[0]) * t, bound))
        shape = [p for n, p in enumerate(cut) if abs(p[0] - cut[n - 1][0]) + abs(p[1] - cut[n - 1][1]) > 1e-6]
    return shape
