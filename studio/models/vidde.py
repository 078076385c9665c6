"""Vidde: a sofa for three with an oak frame and loose wool cushions; the big sister of Hauk."""

from mathutils import Matrix

from studio.materials import fabric, wood
from studio.models.hauk import between, cushions, leaning_back, side_frame
from studio.parts import leg

DETAIL = {"look": (-0.82, -0.22, 0.52), "from": (-0.6, -0.9, 0.62), "width": 0.62}
MAIN = {"fabric": "sand"}
VARIANTS = [{"options": {"fabric": f}, "dimensions_mm": [2100, 880, 780]} for f in ("sand", "moss", "rust")]
_STRETCH = Matrix.Diagonal((1, 0.8835 / 0.78, 0.78 / 0.76, 1))


def build(options):
    """A sofa 2,100 wide, 880 deep, 780 high."""
    oak, cloth = wood("oak"), fabric(options.get("fabric", "sand"), "wool")
    things = []
    for side in (-1, 1):
        things += side_frame(side * 1.0135, side, oak)
    things += between(1.0135, oak)
    things.append(leg((0, -0.30, 0), (0, -0.30, 0.25), [(0, 0.014), (1, 0.018)], oak))
    things += leaning_back(1.96, 17, oak)
    things += cushions(1.978, 3, cloth)
    return _stretched(things)


def _stretched(things):
    """Hauk's sections are 780 deep and 760 high; the sofa is 880 and 780."""
    for thing in things:
        thing.matrix_world = _STRETCH @ thing.matrix_world
    return things
