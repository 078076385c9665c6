# ruff: noqa: E501 (one neighbour after another reads better than a column of numbers)
"""Where each product stands in the room, what stands beside it, and where the photographer stands. Metres.

`at` and the places of the neighbours: x to the right, y towards the wall, z up; "wall" as y hangs a thing on it.
"""

WALL = 1.15
TABLE = 0.74
RUG = -0.004

OAK_TABLE = ("fjell", {"wood": "oak", "length": "l160"}, (0.05, 0.0, 0), 0)
HAUK, BLUE, RED = {"fabric": "moss"}, {"colour": "indigo", "size": "r170"}, {"colour": "rust", "size": "r170"}
PLAIN = {
    "at": (0.0, 0.0, 0.0), "turn": 0, "beside": [], "dressing": ("curtain", "plant"), "books": (), "blur": 0,
    "eye": (-1.3, -3.0, 1.20), "look": (0.05, 0.1, 0.50), "lens": 42,
}  # fmt: skip
ON_TABLE = {"at": (0.0, -0.05, TABLE), "beside": [OAK_TABLE], "dressing": ("curtain", "plant", "picture"), "blur": 2.8}


def near(width: float, z: float, *, way=(-0.42, -1.0, 0.32), at=(0.0, -0.05), lens: int = 60) -> dict:
    """A camera that sees about so many metres at a point."""
    length = sum(c * c for c in way) ** 0.5
    far = width * lens / 36
    return {
        "eye": tuple(round(p + c / length * far, 4) for p, c in zip((*at, z), way, strict=True)),
        "look": (*at, z),
        "lens": lens,
    }


ARRANGEMENTS = {
    "lind": {
        "at": (-0.28, -0.42, 0), "turn": 28,
        "beside": [("fjell", {"wood": "oak", "length": "l160"}, (0.55, 0.45, 0), 0),
                   ("lind", {"wood": "oak"}, (0.95, -0.42, 0), 192), ("kopp", {"glaze": "sea"}, (0.25, 0.25, TABLE), 30)],
        "eye": (-1.20, -2.6, 1.12), "look": (0.16, 0.05, 0.54), "lens": 52,
    },
    "hauk": {
        "at": (0.10, 0.05, RUG + 0.008), "turn": 26,
        "beside": [("siv", {"colour": "black"}, (0.78, 0.62, 0), 205), ("hav", BLUE, (0.15, -0.15, RUG), 90),
                   ("liten", {"colour": "clay"}, (-0.66, 0.10, 0), 20), ("kopp", {"glaze": "dune"}, (-0.74, 0.03, 0.50), 60)],
        "dressing": ("curtain",), "look": (0.06, 0.1, 0.66), "eye": (-1.05, -3.0, 1.1), "lens": 54,
    },
    "vidde": {
        "at": (0.15, 0.60, RUG + 0.008), "dressing": ("curtain", "picture"),
        "beside": [("oy", {"wood": "oak", "size": "d80"}, (0.10, -0.42, 0), 20), ("hav", RED, (0.15, -0.35, RUG), 90),
                   ("siv", {"colour": "brass"}, (1.55, 0.62, 0), 205), ("leir", {"glaze": "dune", "size": "d27"}, (0.2, -0.4, 0.393), 0),
                   ("pute", {"colour": "indigo"}, (-0.62, 0.44, 0.405), (-18, 0, 12))],
        "eye": (-1.2, -3.55, 1.15), "look": (0.14, 0.3, 0.66), "lens": 46,
    },
    "vik": {
        "at": (-0.05, 0.25, 0), "turn": 20,
        "beside": [("krok", {"wood": "oak", "length": "pegs5"}, (0.35, "wall", 1.12), 0), ("kasse", {"wood": "oak", "height": "high"}, (0.62, 0.80, 0), -6),
                   ("sauda", {"colour": "rust"}, (0.62, 0.80, 0.242), -6)],
        "dressing": ("curtain",), "eye": (-0.9, -2.2, 1.0), "look": (0.16, 0.4, 0.62), "lens": 58,
    },
    "bro": {
        "at": (0.1, 0.86, 0),
        "beside": [("krok", {"wood": "oak", "length": "pegs7"}, (0.1, "wall", 1.36), 0), ("kasse", {"wood": "ash", "height": "low"}, (0.25, 0.84, 0), 0),
                   ("pute", {"colour": "rust"}, (-0.38, 0.95, 0.442), (-14, 0, 12))],
        "dressing": ("curtain",), "eye": (-1.1, -2.7, 1.15), "look": (0.1, 0.7, 0.78), "lens": 56,
    },
    "fjell": {
        "at": (0.15, 0.0, 0),
        "beside": [("lind", {"wood": "oak"}, (-0.22, -0.56, 0), 184), ("lind", {"wood": "oak"}, (0.50, -0.52, 0), 177),
                   ("lind", {"wood": "oak"}, (-0.20, 0.56, 0), 3), ("lind", {"wood": "oak"}, (0.52, 0.54, 0), -4),
                   ("mane", {"colour": "chalk"}, (0.15, 0.0, 1.42), 0), ("kopp", {"glaze": "sea"}, (-0.15, -0.18, TABLE), 30),
                   ("leir", {"glaze": "dune", "size": "d27"}, (0.35, 0.05, TABLE), 0)],
        "eye": (-1.4, -3.2, 1.45), "look": (0.15, 0.05, 0.84), "lens": 46,
    },
    "oy": {
        "at": (-0.05, -0.30, RUG + 0.008), "turn": 12,
        "beside": [("hauk", HAUK, (0.62, 0.38, RUG + 0.008), -34), ("hav", BLUE, (0.1, -0.1, RUG), 90), ("kopp", {"glaze": "dune"}, (-0.12, -0.34, 0.395), 40)],
        "dressing": ("curtain", "plant"), "eye": (-1.15, -2.75, 1.15), "look": (0.20, 0.0, 0.45), "lens": 50,
    },
    "skrin": {
        "at": (0.05, 0.80, 0),
        "beside": [("fyr", {"glaze": "dune"}, (-0.36, 0.84, TABLE), 0), ("vik", {"wood": "ash", "height": "h45"}, (0.15, 0.12, 0), 20),
                   ("kopp", {"glaze": "sea"}, (0.30, 0.72, TABLE), 30), ("hylle", {"wood": "oak", "length": "l90"}, (0.2, "wall", 1.18), 0)],
        "books": [((0.02, 1.02, 1.34), 0, 2)], "dressing": ("curtain",), "eye": (-1.1, -2.55, 1.30), "look": (0.08, 0.6, 0.80), "lens": 52,
    },
    "liten": {
        "at": (-0.28, -0.12, 0), "turn": 30,
        "beside": [("hauk", {"fabric": "sand"}, (0.46, 0.30, RUG + 0.008), -12), ("hav", BLUE, (0.4, 0.0, RUG), 90), ("kopp", {"glaze": "fog"}, (-0.36, -0.18, 0.499), 60)],
        "dressing": ("curtain", "plant"), "eye": (-1.1, -2.4, 1.05), "look": (0.04, 0.05, 0.46), "lens": 54,
    },
    "stige": {
        "at": (0.1, 0.92, 0),
        "beside": [("kasse", {"wood": "oak", "height": "low"}, (0.64, 0.84, 0), 0), ("pute", {"colour": "natural"}, (0.62, 0.94, 0.02), (-12, 0, 8)),
                   ("leir", {"glaze": "dune", "size": "d21"}, (0.22, 0.95, 0.5555), 0), ("kopp", {"glaze": "sea"}, (-0.08, 0.93, 0.5555), 40),
                   ("kopp", {"glaze": "dune"}, (-0.01, 1.0, 0.5555), 150), ("skal", {"glaze": "fog", "size": "d15"}, (-0.06, 1.04, 1.3305), 0),
                   ("gnist", {"colour": "clay"}, (0.22, 0.98, 0.943), 0)],
        "books": [((-0.12, 1.02, 0.943), 0, 2), ((0.22, 0.96, 0.168), 80, 5), ((0.16, 1.03, 1.3305), 0, 9)],
        "dressing": ("curtain", "plant"), "eye": (-1.1, -3.1, 1.30), "look": (0.25, 0.6, 0.92), "lens": 52,
    },
    "kasse": {
        "at": (-0.05, 0.35, 0), "turn": 18,
        "beside": [("vik", {"wood": "ash", "height": "h45"}, (0.55, 0.72, 0), 20), ("sauda", {"colour": "grey"}, (0.55, 0.72, 0.452), 24)],
        "dressing": ("curtain",), "eye": (-0.85, -1.9, 0.90), "look": (0.18, 0.45, 0.30), "lens": 56,
    },
    "krok": {
        "at": (0.05, "wall", 1.48),
        "beside": [("bro", {"wood": "oak", "length": "l100"}, (0.1, 0.90, 0), 0), ("pute", {"colour": "indigo"}, (-0.18, 0.97, 0.442), (-14, 0, 10))],
        "dressing": ("curtain",), "eye": (-0.85, -2.4, 1.40), "look": (0.08, 0.9, 1.08), "lens": 60,
    },
    "hylle": {
        "at": (0.1, "wall", 1.32),
        "beside": [("skrin", {"wood": "oak"}, (0.1, 0.80, 0), 0), ("kopp", {"glaze": "sea"}, (-0.12, 1.02, 1.48), 30), ("kopp", {"glaze": "dune"}, (0.0, 1.04, 1.48), 60),
                   ("gnist", {"colour": "clay"}, (0.42, 0.82, TABLE), 0)],
        "books": [((0.16, 1.03, 1.48), 0, 5), ((-0.16, 0.78, TABLE), 80, 9)], "dressing": ("curtain",), "eye": (-0.70, -1.75, 1.50), "look": (0.12, 0.95, 1.20), "lens": 54,
    },
    "siv": {
        "at": (0.42, 0.55, 0), "turn": 205,
        "beside": [("hauk", {"fabric": "sand"}, (-0.15, 0.15, RUG + 0.008), 22), ("hav", BLUE, (0.0, 0.0, RUG), 90)],
        "dressing": ("curtain", "plant"), "eye": (-1.1, -3.2, 1.20), "look": (0.08, 0.3, 0.84), "lens": 50,
    },
    "mane": {
        "at": (0.1, 0.0, 1.36),
        "beside": [OAK_TABLE, ("lind", {"wood": "oak"}, (-0.30, 0.55, 0), 3), ("lind", {"wood": "oak"}, (0.42, 0.54, 0), -4),
                   ("leir", {"glaze": "dune", "size": "d27"}, (0.1, -0.05, TABLE), 0), ("kopp", {"glaze": "sea"}, (-0.2, -0.2, TABLE), 30)],
        "eye": (-1.0, -2.7, 1.40), "look": (0.1, 0.1, 1.08), "lens": 50,
    },
    "fyr": {**ON_TABLE, "beside": [("skrin", {"wood": "walnut"}, (0.1, 0.80, 0), 0), ("kopp", {"glaze": "fog"}, (0.10, 0.66, TABLE), 30)],
            "at": (-0.12, 0.82, TABLE), "dressing": ("curtain",), **near(0.95, 0.96, at=(0.0, 0.80), lens=50)},
    "gnist": {**ON_TABLE, "beside": [OAK_TABLE, ("kopp", {"glaze": "dune"}, (0.22, -0.12, TABLE), 30)], **near(0.62, 0.89, at=(0.06, -0.05))},
    "kopp": {**ON_TABLE, "beside": [OAK_TABLE, ("leir", {"glaze": "sea", "size": "d21"}, (0.22, 0.10, TABLE), 0)], **near(0.42, 0.78, at=(0.06, -0.02))},
    "leir": {**ON_TABLE, "beside": [OAK_TABLE, ("kopp", {"glaze": "sea"}, (0.30, 0.02, TABLE), 30)], **near(0.78, 0.78, way=(-0.4, -1, 0.55), at=(0.08, 0.05))},
    "skal": {**ON_TABLE, "beside": [OAK_TABLE, ("kopp", {"glaze": "dune"}, (0.24, 0.12, TABLE), 30)], **near(0.72, 0.79, way=(-0.4, -1, 0.5), at=(0.06, -0.02))},
    "sape": {**ON_TABLE, "beside": [OAK_TABLE, ("kopp", {"glaze": "fog"}, (0.20, 0.16, TABLE), 30)], **near(0.48, 0.83, at=(0.05, -0.04))},
    "voks": {**ON_TABLE, "beside": [OAK_TABLE, ("kopp", {"glaze": "dune"}, (0.24, 0.08, TABLE), 30)], **near(0.52, 0.83, at=(0.05, -0.04))},
    "lin": {"at": (0.1, -0.05, TABLE), "turn": -8, "beside": [OAK_TABLE, ("kopp", {"glaze": "sea"}, (-0.42, 0.12, TABLE), 30)],
            "dressing": ("curtain", "plant", "picture"), "blur": 4, **near(1.35, 0.80, at=(0.05, -0.02), lens=50)},
    "pute": {"at": (0.05, 0.60, 0.445), "turn": (-10, 0, -6), "dressing": ("curtain",),
             "beside": [("bro", {"wood": "oak", "length": "l140"}, (0.15, 0.62, 0), 0), ("sauda", {"colour": "grey"}, (0.58, 0.60, 0.452), 4)],
             **near(1.35, 0.60, at=(0.18, 0.55), lens=50), "blur": 5},
    "sauda": {"at": (0.12, 0.78, 0.452), "turn": -5, "dressing": ("curtain",),
              "beside": [("bro", {"wood": "oak", "length": "l140"}, (0.15, 0.80, 0), 0), ("pute", {"colour": "rust"}, (-0.36, 0.93, 0.442), (-14, 0, 10))],
              **near(1.25, 0.55, at=(0.1, 0.75), lens=50), "blur": 5},
    "hav": {
        "at": (0.05, -0.35, RUG), "turn": 90,
        "beside": [("hauk", {"fabric": "sand"}, (0.50, 0.35, RUG + 0.008), -20), ("oy", {"wood": "walnut", "size": "d60"}, (-0.45, 0.25, RUG + 0.008), 0)],
        "eye": (-1.2, -3.3, 1.6), "look": (0.08, -0.05, 0.30), "lens": 50,
    },
}  # fmt: skip
