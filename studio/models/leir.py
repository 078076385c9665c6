"""Leir, a stoneware plate: low upright rim, unglazed foot. One plate laid, three of its kind behind it."""

from studio import materials, thrown
from studio.scene import View

MAIN = {"glaze": "dune", "size": "d27"}
SIZES = {"d21": (0.105, 0.024), "d27": (0.135, 0.028)}
DETAIL = {"look": (-0.085, -0.085, 0.018), "from": (-0.75, -1, 0.55), "width": 0.15}
VIEWS = {"angle": View((-0.35, -1, 0.62), 85, 0.80), "front": View((0, -1, 0.12), 200, 0.62)}


def plate(radius: float, high: float, glaze: str, at=(0.0, 0.0, 0.0), seed: int = 0) -> list:
    """A thrown plate: a turned foot that shows the clay, a floor with soft rings, a rim that stands up."""
    r, h = radius, high
    foot = [(0, 0.003), (r * 0.56, 0.003), (r * 0.565, 0.0), (r * 0.60, 0.0), (r * 0.615, 0.003), (r * 0.64, 0.0052)]
    under = [(r * 0.64, 0.0052), (r * 0.80, 0.0068), (r * 0.935, 0.011), (r * 0.975, h * 0.55), (r * 0.993, h - 0.003)]
    lip = [(r, h - 0.0012), (r * 0.995, h), (r * 0.982, h - 0.0006)]
    inner = [(r * 0.965, h * 0.62), (r * 0.94, 0.0150), (r * 0.89, 0.0118), (r * 0.80, 0.0102)]
    floor = [(r * t, 0.0098 + 0.00022 * (k % 2)) for k, t in enumerate((0.68, 0.56, 0.44, 0.33, 0.22, 0.12, 0.04))]

    def thin(reach: float, z: float) -> float:
        """The glaze runs off the lip and the shoulder."""
        return (
            max(0.0, 1 - abs(z - h) / 0.0032) if reach > r * 0.95 else 0.25 if z < 0.006 and reach > r * 0.62 else 0.0
        )

    turn = (0, 0, 67 * seed)
    body = thrown.turned(
        thrown.smooth([*under, *lip, *inner, *floor, (0, 0.0098)], 5),
        materials.glaze(glaze),
        at=at,
        turn=turn,
        wobble=0.0007,
        thin=thin,
        sharp=80,
        segments=144,
        name="plate",
    )
    ring = thrown.turned(foot, materials.clay(), at=at, turn=turn, wobble=0.0005, segments=96, name="foot")
    return [body, ring]


def build(options: dict[str, str]) -> list:
    """The plate in front, a stack behind it."""
    glaze = options.get("glaze", "dune")
    radius, high = SIZES[options.get("size", "d27")]
    things = plate(radius, high, glaze)
    for n in range(3):
        place = (radius * 1.02 + 0.002 * n, radius * 1.72 - 0.0015 * n, n * high * 0.63)
        things += thrown.prop(plate(radius, high, glaze, place, n + 1), True)
    small = SIZES["d21"]
    return things + thrown.prop(plate(*small, glaze, (radius * 1.02, radius * 1.72, 3 * high * 0.63), 5), True)
