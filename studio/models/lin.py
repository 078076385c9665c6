"""Lin, heavy washed linen by the metre: a bolt, doubled as it comes from the mill, and its end in soft folds."""

import math

from mathutils import noise

from studio import materials, thrown
from studio.parts import sheet
from studio.scene import View

MAIN = {"colour": "natural"}
HALF, CORE, ROLL, LAYER = 0.375, 0.026, 0.078, 0.0042
DETAIL = {"look": (-0.28, -0.16, 0.045), "from": (-0.75, -1, 0.55), "width": 0.30}
VIEWS = {"angle": View((-0.58, -1, 0.46), 85, 0.80)}
FOLDED = True  # the measures of the shop are those of a metre laid out
TURNS = (ROLL - CORE) / LAYER
RUN = 0.50  # how far the end lies out
FOLDS = ((0.16, 0.020, 0.050), (0.36, 0.052, 0.052), (0.57, 0.034, 0.045), (0.76, 0.044, 0.050), (0.93, 0.010, 0.04))


def wound() -> list[tuple[float, float]]:
    """The line of the cloth: round the core, over the top, down the front and out over the table."""
    spots, middle = [], ROLL + 0.001
    last = 2 * math.pi * TURNS
    many = round(TURNS * 40)
    for n in range(many):
        a = last * n / many
        r = CORE + LAYER * a / (2 * math.pi)
        spots.append((-r * math.cos(a - last + 0.35), middle - r * math.sin(a - last + 0.35)))
    y, z = spots[-1]
    for y2, z2 in ((y - 0.006, z - 0.024), (y - 0.020, 0.022), (y - 0.045, 0.007)):
        spots.append((y2, z2))
    gone = 0.0
    for n in range(1, 151):
        t = n / 150
        height = sum(tall * math.exp(-(((t - at) / wide) ** 2)) for at, tall, wide in FOLDS)
        gone += RUN / 150
        spots.append((y - 0.045 - gone, 0.0035 + height))
    return spots


def build(options: dict[str, str]) -> list:
    """The tube of board, the doubled cloth on it."""
    line, linen = wound(), materials.fabric(options.get("colour", "natural"))
    count = len(line)
    loose = count - 153

    def spot(u: float, v: float):
        n = min(count - 1, round((v + 1) / 2 * (count - 1)))
        y, z = line[n]
        free = max(0.0, (n - loose) / (count - loose))
        crest = min(1.0, free * 5)
        x = u * HALF * (1 - 0.06 * crest * (0.4 + noise.noise((free * 4, 2.0, 1.0)))) + 0.0012 * noise.noise(
            (n * 0.31, 1, u)
        )
        slant = crest * (0.055 * u * math.sin(free * 5) + 0.050 * noise.noise((x * 2.4, free * 2.0, 1.0)))
        height = max(0.0, z - 0.0035) * crest
        lift = height * (1.1 * noise.noise((x * 3.2, free * 3.5, 1.7)) + 0.15)
        soft = crest * (0.006 * noise.noise((x * 6, y * 7, 3.0)) + 0.0022 * noise.noise((x * 19, y * 17, 8.0)))
        floor = 0.0018 + 0.0012 * crest * (1 + noise.noise((x * 8, y * 8, 5.0)))
        return (x, y + slant, max(floor, z + lift + soft))

    core = [
        (CORE - 0.004, -HALF - 0.012),
        (CORE - 0.001, -HALF - 0.012),
        (CORE - 0.001, HALF + 0.012),
        (CORE - 0.004, HALF + 0.012),
    ]
    return [
        sheet(2 * HALF, 2.6, 0.0030, linen, shape=spot, cells=(72, count - 1), name="bolt"),
        thrown.turned(
            core, materials.paper("card"), at=(0, 0, ROLL + 0.001), turn=(0, 90, 0), hollow=True, name="core"
        ),
    ]
