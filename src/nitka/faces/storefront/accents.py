"""A shop's own accent colour, made readable: 4.5 to 1 on paper and on its dark ground (WCAG 2.2, 1.4.3)."""

import colorsys
import re

PAPER, NIGHT, LIGHT_INK, DARK_INK = "#fbfaf7", "#161513", "#ffffff", "#1d1209"
ENOUGH = 4.5
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def style_sheet(accent: str) -> str:
    """The custom properties that carry the accent, for light and dark; empty where it is no colour."""
    if not _HEX.fullmatch(accent):
        return ""
    day, night = mended(accent, PAPER), mended(accent, NIGHT)
    return (
        f"@layer tokens{{:root{{--thread:{day};--on-thread:{ink_on(day)}}}"
        f"@supports (color:light-dark(#000,#fff)){{:root{{--thread:light-dark({day},{night});"
        f"--on-thread:light-dark({ink_on(day)},{ink_on(night)})}}}}}}"
    )


def mended(colour: str, ground: str) -> str:
    """The colour, moved in lightness only as far as it must be to be read on the ground."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    step = -0.01 if luminance(ground) > 0.5 else 0.01
    while contrast(colour, ground) < ENOUGH and 0 < lightness + step < 1:
        lightness += step
        colour = "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def ink_on(colour: str) -> str:
    """White or near-black, whichever reads better on the colour."""
    return max((LIGHT_INK, DARK_INK), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2.2's definition, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2's definition, 0 to 1."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue
