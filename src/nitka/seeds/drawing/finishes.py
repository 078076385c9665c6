"""What the parts are made of: a colour and how its surface is drawn."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Finish:
    """`kind` is plain, wood, weave or glow (gives light, takes no shade)."""

    colour: Colour
    kind: str = "plain"
    contrast: float = 0.05


def _hex(text: str) -> Colour:
    return (int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16))


def plain(text: str) -> Finish:
    """Metal, glaze, paper: one even colour."""
    return Finish(_hex(text))


def wood(text: str, contrast: float = 0.055) -> Finish:
    """Planks with a drawn grain."""
    return Finish(_hex(text), "wood", contrast)


def weave(text: str, contrast: float = 0.045) -> Finish:
    """Cloth with a drawn weave."""
    return Finish(_hex(text), "weave", contrast)


def glow(text: str) -> Finish:
    """A lit lamp."""
    return Finish(_hex(text), "glow", 0.0)


FINISHES = {
    # woods
    "oak": wood("#D3AC7B"),
    "smoked_oak": wood("#7A5638", 0.085),
    "black_ash": wood("#4B4641", 0.11),
    "ash": wood("#E2CBA4"),
    "walnut": wood("#8A5F42", 0.08),
    # cloth
    "sand": weave("#D8C9AE"),
    "moss": weave("#77805A", 0.06),
    "rust": weave("#B4573A", 0.06),
    "natural": weave("#D5C5A7"),
    "white": weave("#EFE9DD", 0.03),
    "indigo": weave("#3F5272", 0.08),
    "grey": weave("#A5A29B"),
    # paint, glaze, metal
    "clay": plain("#C07A5C"),
    "chalk": plain("#EEE8DC"),
    "forest": plain("#55705B"),
    "ink": plain("#34363B"),
    "fog": plain("#9DB0B5"),
    "dune": plain("#D9C6A5"),
    "sea": plain("#5E7F8E"),
    "black": plain("#36332F"),
    "brass": plain("#C39A52"),
}

STEEL = plain("#3B3834")
PAPER = plain("#F1E9D9")
LIGHT = glow("#FFF1CF")
THREAD = plain("#B4472E")


def shade(finish: Finish, by: float) -> Finish:
    """The same finish, darker (below 1) or lighter (above 1)."""
    red, green, blue = (min(255, round(part * by)) for part in finish.colour)
    return Finish((red, green, blue), finish.kind, finish.contrast)
