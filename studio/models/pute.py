"""Pute, a square linen cushion with a piped edge, filled with wool."""

from studio import cloth, materials
from studio.scene import View
from studio.shape import carried

MAIN = {"colour": "natural"}
DETAIL = {"look": (-0.17, -0.03, 0.40), "from": (-0.5, -1, 0.25), "width": 0.22}
VIEWS = {"angle": View((-0.42, -1, 0.16), 85, 0.74)}


def build(options: dict[str, str]) -> list:
    """The filled cover and its piping."""
    linen = materials.fabric(options.get("colour", "natural"))
    return carried(cloth.pillow(0.4935, 0.4935, 0.160, linen, linen), (0, 0, 0.0031))
