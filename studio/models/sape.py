"""Såpe, linseed soap: a brown bottle (two sizes) or a can of five litres, with a paper label."""

import math

from studio import materials, thrown
from studio.lettering import words
from studio.parts import board, curve, outline, prism, skin, tube
from studio.scene import View
from studio.shape import along, bevelled, carried, finished

MAIN = {"pack": "ml500"}
SIZES = {"ml500": (0.068, 0.068, 0.190), "l1": (0.084, 0.084, 0.235), "l5": (0.150, 0.150, 0.330)}
LITRES = {"ml500": "500 ml", "l1": "1 l", "l5": "5 l"}
DETAIL = {"look": (0.0, -0.03, 0.085), "from": (-0.30, -1, 0.22), "width": 0.13}
VIEWS = {"angle": View((-0.40, -1, 0.22), 85, 0.70)}


def label(radius: float, low: float, high: float, pack: str) -> list:
    """Paper round the bottle, with its words."""
    paper, ink = materials.paper("white"), materials.paper("ink")
    r, tall, skin_r = radius, high - low, radius + 0.0003
    wrap = [(r - 0.0006, low), (r, low), (r, high), (r - 0.0006, high)]
    size, middle = tall * 0.20, (high + low) / 2
    stripe = [(skin_r, middle - tall * 0.030), (skin_r, middle - tall * 0.018)]
    return [
        thrown.turned(wrap, paper, segments=112, hollow=True, name="label"),
        thrown.turned(stripe, materials.paper("thread"), segments=112, name="line"),
        words("Såpe", size, ink, at=(0, 0, middle + tall * 0.16), around=skin_r),
        words("LINSEED SOAP", size * 0.34, ink, at=(0, 0, middle - tall * 0.15), around=skin_r, spacing=1.15),
        words(
            f"Tråd  ·  {LITRES[pack]}", size * 0.34, ink, at=(0, 0, middle - tall * 0.29), around=skin_r, spacing=1.1
        ),
    ]


def bottle(pack: str) -> list:
    """Round shoulders, a black cap with ridges, a red thread round the neck."""
    wide, _, h = SIZES[pack]
    r = wide / 2 - 0.0003  # the label lies on the glass
    glass, cap = materials.soap_glass(), materials.metal("black")
    body, neck, shoulder = r - 0.0009, r * 0.40, h * 0.68
    line = [(0, 0.002), (body * 0.70, 0.0018), (body * 0.86, 0.0), (body * 0.965, 0.0022), (body, 0.0085)]
    line += [(body, 0.02), (body, shoulder * 0.5), (body, shoulder - 0.006), (body, shoulder)]
    for k in range(1, 10):
        a = math.radians(9.5 * k)
        line.append((neck + (body - neck) * math.cos(a), shoulder + h * 0.125 * math.sin(a)))
    line += [(neck, h * 0.825), (neck, h * 0.85), (neck * 0.98, h * 0.90), (0, h * 0.90)]
    top, lid = h * 0.865, neck * 1.16
    ridged = [
        (lid - 0.0006, top),
        (lid, top + 0.0008),
        (lid, h - 0.0025),
        (lid - 0.0008, h - 0.0006),
        (lid - 0.0026, h),
    ]
    ring = [(neck * 1.015, h * 0.842 + d) for d in (0.0, 0.0014, 0.0028)]
    things = [
        thrown.turned(thrown.smooth(line, 5), glass, segments=112, sharp=60, name="glass"),
        thrown.turned([(neck, top), *ridged, (0, h)], cap, segments=96, sharp=40, name="cap"),
        *label(r, h * 0.13, h * 0.58, pack),
    ]
    for reach, z in ring:
        way = [(reach * math.cos(a), reach * math.sin(a), z) for a in (2 * math.pi * k / 48 for k in range(48))]
        things.append(tube(way, 0.00085, materials.paper("thread"), closed=True, sides=8, name="thread"))
    teeth = 40
    for k in range(teeth):
        a = 2 * math.pi * k / teeth
        spot = ((lid + 0.0001) * math.cos(a), (lid + 0.0001) * math.sin(a), (top + h) / 2)
        size = (0.0011, 0.0012, (h - top) * 0.62)
        things.append(board(size, spot, cap, turn=(0, 0, math.degrees(a)), bevel=0.0003, name="ridge"))
    return things


def can_label(d: float) -> list:
    """Paper on the front of the can."""
    ink = materials.paper("ink")
    face = -d / 2 - 0.0002
    paper = prism(outline(0.104, 0.150, 0.003, 3), 0.0004, materials.paper("white"), bevel=0, name="label")
    carried([paper], (0, -d / 2 + 0.0002, 0.125), (90, 0, 0))
    line = board((0.104, 0.0003, 0.0018), (0, face - 0.0004, 0.120), materials.paper("thread"), bevel=0)
    return [
        paper,
        line,
        words("Såpe", 0.034, ink, at=(0, face - 0.0003, 0.155)),
        words("LINSEED SOAP", 0.0105, ink, at=(0, face - 0.0003, 0.098), spacing=1.15),
        words("Tråd  ·  5 l", 0.0105, ink, at=(0, face - 0.0003, 0.078), spacing=1.1),
    ]


def can() -> list:
    """Five litres: a square can with soft edges, a grip in its shoulder, a screw cap."""
    w, d, h = 0.150, 0.1488, 0.330  # the label adds a little
    tin = materials.metal("chalk")
    shoulder, rings = h * 0.76, []
    for z, share in (
        (0.0, 0.955),
        (0.004, 0.99),
        (0.012, 1.0),
        (shoulder, 1.0),
        (shoulder + 0.02, 0.985),
        (shoulder + 0.042, 0.90),
        (shoulder + 0.052, 0.80),
    ):
        rings.append([(x, y, z) for x, y in outline(w * share, d * share, 0.022 * share, 8)])
    mesh = skin(rings)
    bevelled(mesh, 0.004, 3, sharper_than=40)
    body = finished(mesh, tin, grain=along("z"), smooth=50, name="can")
    top = shoulder + 0.052
    cap = [(0.021, top - 0.002), (0.0215, top), (0.0215, h - 0.002), (0.0200, h), (0, h)]
    grip = curve(
        [
            (-0.052, 0, top - 0.006),
            (-0.050, 0, top + 0.016),
            (-0.036, 0, top + 0.0180),
            (-0.004, 0, top + 0.0180),
            (0.006, 0, top + 0.014),
            (0.007, 0, top - 0.006),
        ],
        8,
    )
    return [
        body,
        thrown.turned(cap, materials.metal("black"), at=(0.034, 0, 0), segments=48, name="cap"),
        tube(grip, [(0.018, 0.009)] * len(grip), tin, up=(0, 1, 0), rounded=0.8, name="grip"),
        *can_label(d),
    ]


def build(options: dict[str, str]) -> list:
    """The bottle or the can."""
    pack = options.get("pack", "ml500")
    return can() if pack == "l5" else bottle(pack)
