"""What colour a colour's name is, for swatches. Names that are not here are shown in words alone."""

from collections.abc import Iterable

HEX = {
    "amber": "#c98a2b", "anthracite": "#3a3b3d", "aqua": "#7fc4c2", "ash": "#e2cba4", "bark": "#6b4f3a",
    "beech": "#d9b48a", "beige": "#dccdb2", "black": "#36332f", "black_ash": "#4b4641", "blue": "#3f5f8a",
    "blush": "#e3bfb3", "bone": "#ebe3d3", "brass": "#c39a52", "brown": "#6e4a33", "burgundy": "#6f2733",
    "chalk": "#eee8dc", "charcoal": "#3d3c3a", "cherry": "#8e3b32", "chestnut": "#7a4a2f", "clay": "#c07a5c",
    "copper": "#b06a44", "coral": "#e07a5f", "cork": "#c49a6c", "cream": "#f2e8d5", "dune": "#d9c6a5",
    "dusk": "#6d7389", "earth": "#6f5643", "ecru": "#e6dcc6", "fir": "#2f4a3c", "flax": "#cdbb94",
    "fog": "#9db0b5", "forest": "#55705b", "gold": "#c29b3f", "graphite": "#4a4b4d", "gray": "#8c8a86",
    "green": "#4f7150", "grey": "#a5a29b", "honey": "#cf9a45", "indigo": "#3f5272", "ink": "#34363b",
    "ivory": "#f3ecdc", "juniper": "#4e6a66", "khaki": "#8d8457", "lavender": "#a79bc4", "lichen": "#a3ab8c",
    "light": "#e9dfcb", "lime": "#a9bf4c", "linen": "#e7dcc8", "midnight": "#20263a", "mist": "#c8cfcf",
    "moss": "#77805a", "mustard": "#c49a2f", "natural": "#d5c5a7", "navy": "#27324d", "night": "#23262e",
    "oak": "#d3ac7b", "oat": "#dccbab", "ochre": "#c08a34", "olive": "#71703f", "orange": "#d9772f",
    "petrol": "#255a63", "pine": "#e0c08f", "pink": "#dba6a6", "plum": "#5f3a50", "purple": "#6d4f86",
    "rain": "#7d8d99", "red": "#b23a33", "rose": "#cf8f8b", "rust": "#b4573a", "sage": "#9aa88a",
    "sand": "#d8c9ae", "sea": "#5e7f8e", "silver": "#bfc0c0", "sky": "#9dbdd3", "slate": "#5d666e",
    "smoke": "#8f8d89", "smoked": "#5b4635", "smoked_oak": "#7a5638", "snow": "#f5f4f0", "steel": "#9aa0a3",
    "stone": "#b3aa9c", "straw": "#ddc27e", "sun": "#e5b84a", "tan": "#b98f63", "taupe": "#978575",
    "teal": "#2f7474", "terracotta": "#b8603f", "thyme": "#7d8a68", "turquoise": "#4fb0ae", "violet": "#75598f",
    "walnut": "#8a5f42", "white": "#efe9dd", "wine": "#6b2733", "wool": "#ece2cf", "yellow": "#e2bd3f",
}  # fmt: skip


def hex_of(code: str) -> str:
    """The colour that a value's code names (`smoked_oak`, else its last word that is known), or ""."""
    whole = code.lower()
    if whole in HEX:
        return HEX[whole]
    for word in reversed(whole.replace("_", "-").replace(" ", "-").split("-")):
        if word in HEX:
            return HEX[word]
    return ""


def hexes_of(codes: Iterable[str]) -> dict[str, str]:
    """Colours of an option's values; none at all unless every value names one."""
    found = {code: hex_of(code) for code in codes}
    return found if all(found.values()) else {}
