"""Vidde: a sofa for three with an oak frame and loose wool cushions; the big sister of Hauk."""

from mathutils import Matrix

from studio.materials import fabric, wood
from studio.models.hauk import between, cushions, side_frame
from studio.parts import board, leg, tube

DETAIL = {"look": (-0.82, -0.22, 0.52), "from": (-0.6, -0.9, 0.62), "width": 0.62}
ROOM = {
    "at": (0.0, 0.45, 0), "turn": 0,
    "beside": [("oy", {"wood": "oak", "size": "d80"}, (0.05, -0.55, 0), 20),
               ("hav", {"colour": "rust", "size": "r170"}, (0, -0.35, 0), 90),
               ("siv", {"colour": "brass"}, (1.28, 0.62, 0), 200),
               ("pute", {"colour": "indigo"}, (-0.68, 0.30, 0.43), 8)],
    "eye": (-1.7, -4.0, 1.28), "look": (0.05, 0.3, 0.52), "lens": 36,
}  # fmt: skip
MAIN = {"fabric": "sand"}
_STRETCH = Matrix.Diagonal((1, 0.88 / 0.78, 0.78 / 0.76, 1))


def build(options):
    """A sofa 2,100 wide, 880 deep, 780 high."""
    oak, cloth = wood("oak"), fabric(options.get("fabric", "sand"), "wool")
    things = []
    for side in (-1, 1):
        things += side_frame(side * 1.002, side, oak)
    things += between(1.002, oak)
    things.append(leg((0, -0.30, 0), (0, -0.30, 0.25), [(0, 0.014), (1, 0.018)], oak))
    things += _back(1.96, oak)
    things += cushions(1.945, 3, cloth)
    return _stretched(things)


def _back(width, oak):
    """One long rail over a row of slats."""
    things = []
    for y, z, tall in ((0.250, 0.262, 0.045), (0.376, 0.735, 0.062)):
        things.append(board((width + 0.03, 0.024, tall), (0, y, z), oak, turn=(-14.8, 0, 0), bevel=0.008))
    for n in range(16):
        x = width * ((n + 0.5) / 16 - 0.5)
        way = [(x, 0.250 + 0.126 * k / 6, 0.262 + 0.455 * k / 6) for k in range(7)]
        things.append(tube(way, [(0.030, 0.011)] * 7, oak, up=(0, -1, 0.2), rounded=0.6, name="slat"))
    return things


def _stretched(things):
    """Hauk's sections are 780 deep and 760 high; the sofa is 880 and 780."""
    for thing in things:
        thing.matrix_world = _STRETCH @ thing.matrix_world
    return things
