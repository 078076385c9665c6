"""Lin, heavy washed linen by the metre: a bolt, doubled as it comes from the mill, and its end in soft folds."""

import math

from mathutils import noise

from studio import materials, thrown
from studio.parts import sheet
from studio.scene import View

MAIN = {"colour": "natural"}
HALF, CORE, ROLL, LAYER = 0.375, 0.026, 0.078, 0.0042
DETAIL = {"look": (-0.16, -0.20, 0.03), "from": (-0.45, -1, 0.75), "width": 0.22}
ROOM = {"stands": "table"}
VIEWS = {"angle": View((-0.58, -1, 0.46), 85, 0.80)}
PLAN = True  # the shop's measures are those of a metre laid out
TURNS = (ROLL - CORE) / LAYER
RUN = 0.56  # how far the end lies out


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
    for n in range(1, 91):
        t = n / 90
        wave = 0.017 * math.exp(-((t - 0.24) / 0.055) ** 2) + 0.024 * math.exp(-((t - 0.50) / 0.05) ** 2)
        wave += 0.012 * math.exp(-((t - 0.78) / 0.06) ** 2)
        spots.append((y - 0.045 - RUN * t, 0.0035 + wave))
    return spots


def build(options: dict[str, str]) -> list:
    """The tube of board, the doubled cloth on it."""
    line, linen = wound(), materials.fabric(options.get("colour", "natural"))
    count = len(line)
    loose = count - 94

    def spot(u: float, v: float):
        n = min(count - 1, round((v + 1) / 2 * (count - 1)))
        y, z = line[n]
        free = max(0.0, (n - loose) / (count - loose))
        x = u * HALF + free * 0.030 * noise.noise((y * 3.1, 0.4, 2.2)) + 0.0012 * noise.noise((n * 0.31, 1.0, u))
        crest = min(1.0, free * 4)
        twist = crest * 0.045 * noise.noise((x * 2.1, 5.0, 1.0)) + free * 0.05 * (u * 0.6)
        sway = noise.noise((x * 2.6, y * 5.0, 1.7))
        lift = crest * max(0.0, (z - 0.0035)) * (0.75 * sway + 0.25 * u * (1 if n % 2 == 0 else 1))
        soft = crest * 0.0035 * (1 + noise.noise((x * 7, y * 9, 3.0)))
        return (x, y + twist * free, max(0.0016, z + lift + soft))

    core = [(CORE - 0.004, -HALF - 0.012), (CORE - 0.001, -HALF - 0.012), (CORE - 0.001, HALF + 0.012),
            (CORE - 0.004, HALF + 0.012)]  # fmt: skip
    return [
        sheet(2 * HALF, 2.6, 0.0030, linen, shape=spot, cells=(64, count - 1), name="bolt"),
        thrown.turned(core, materials.paper("card"), at=(0, 0, ROLL + 0.001), turn=(0, 90, 0), hollow=True, name="core"),
    ]
