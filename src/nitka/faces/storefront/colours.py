"""What colour a colour's name is, for swatches. Names that are not here are shown in words alone."""

HEX = {
    "amber": "#c98a2b", "anthracite": "#3a3b3d", "aqua": "#7fc4c2", "ash": "#d9c8ab", "bark": "#6b4f3a",
    "beech": "#d9b48a", "beige": "#dccdb2", "black": "#1f1d1b", "blue": "#3f5f8a", "blush": "#e3bfb3",
    "bone": "#ebe3d3", "brass": "#b5933f", "brown": "#6e4a33", "burgundy": "#6f2733", "charcoal": "#3d3c3a",
    "cherry": "#8e3b32", "chestnut": "#7a4a2f", "clay": "#a4583f", "copper": "#b06a44", "coral": "#e07a5f",
    "cork": "#c49a6c", "cream": "#f2e8d5", "dune": "#cdb58f", "dusk": "#6d7389", "earth": "#6f5643",
    "ecru": "#e6dcc6", "fir": "#2f4a3c", "flax": "#cdbb94", "fog": "#b4b8b8", "forest": "#2f4f3a",
    "gold": "#c29b3f", "graphite": "#4a4b4d", "gray": "#8c8a86", "green": "#4f7150", "grey": "#8c8a86",
    "honey": "#cf9a45", "indigo": "#36406b", "ink": "#23283a", "ivory": "#f3ecdc", "juniper": "#4e6a66",
    "khaki": "#8d8457", "lavender": "#a79bc4", "lichen": "#a3ab8c", "light": "#e9dfcb", "lime": "#a9bf4c",
    "linen": "#e7dcc8", "midnight": "#20263a", "mist": "#c8cfcf", "moss": "#6b7448", "mustard": "#c49a2f",
    "natural": "#d8c4a0", "navy": "#27324d", "night": "#23262e", "oak": "#c69c6d", "oat": "#dccbab",
    "ochre": "#c08a34", "olive": "#71703f", "orange": "#d9772f", "petrol": "#255a63", "pine": "#e0c08f",
    "pink": "#dba6a6", "plum": "#5f3a50", "purple": "#6d4f86", "rain": "#7d8d99", "red": "#b23a33",
    "rose": "#cf8f8b", "rust": "#a5502e", "sage": "#9aa88a", "sand": "#d8c7a8", "sea": "#4f7d86",
    "silver": "#bfc0c0", "sky": "#9dbdd3", "slate": "#5d666e", "smoke": "#8f8d89", "smoked": "#5b4635",
    "snow": "#f5f4f0", "steel": "#9aa0a3", "stone": "#b3aa9c", "straw": "#ddc27e", "sun": "#e5b84a",
    "tan": "#b98f63", "taupe": "#978575", "teal": "#2f7474", "terracotta": "#b8603f", "thyme": "#7d8a68",
    "turquoise": "#4fb0ae", "violet": "#75598f", "walnut": "#6a4a33", "white": "#f7f5f0", "wine": "#6b2733",
    "wool": "#ece2cf", "yellow": "#e2bd3f",
}  # fmt: skip


def hex_of(code: str) -> str:
    """The colour that a value's code names (`dark-oak` is oak), or ""."""
    for word in reversed(code.lower().replace("_", "-").replace(" ", "-").split("-")):
        if word in HEX:
            return HEX[word]
    return ""
