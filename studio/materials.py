"""What the goods are made of. Every door returns a material, made once per name; `dress_all` lays it out on the parts.

Wood reads the vertex attribute `grain` that every part carries (see shape.py), cloth reads the UV layer `metres`.
"""

import functools
import zlib

import bpy

from studio.layout import dress_all
from studio.shading import Shader, linear

__all__ = ["banded", "clay", "dress_all", "fabric", "glaze", "lamp_light", "leather", "linen_shade", "metal", "paper"]
__all__ += ["paper_cord", "soap_glass", "wax", "wood"]

WOODS = {  # early wood, late wood, how far apart rings stand in metres, pores
    "oak": ("#CCB08A", "#AC8A62", 0.0034, 0.9),
    "smoked_oak": ("#70503A", "#4C3526", 0.0034, 0.9),
    "ash": ("#E4D2B2", "#C9AB80", 0.0045, 0.7),
    "black_ash": ("#3C3732", "#262320", 0.0045, 0.9),
    "walnut": ("#8A6246", "#5F412D", 0.0060, 0.5),
}
CLOTHS = {
    "sand": "#D0C3AA",
    "moss": "#6A7353",
    "rust": "#A25742",
    "natural": "#CFC4AF",
    "white": "#EDE8DE",
    "indigo": "#3F495C",
    "grey": "#9F9C95",
}
GLAZES = {"dune": "#D3C5AB", "sea": "#566F76", "fog": "#98A7A9"}
PAINTS = {"chalk": "#EDE7DB", "clay": "#A6634A", "forest": "#465E4E", "ink": "#2A2D33", "black": "#23211F"}
BARE = {"brass": ("#CBAA70", 0.30), "steel": ("#A9A8A5", 0.34), "dark_steel": ("#3B3835", 0.45)}


def _once(make):
    """One material per set of words; made again if the scene was emptied in between."""

    @functools.wraps(make)
    def door(*words):
        name = ".".join([make.__name__, *map(str, words)])
        if len(name) > 60:  # the renderer cuts longer names
            name = f"{name[:40]}.{zlib.crc32(name.encode()):08x}"
        if name not in bpy.data.materials:
            make(*words).name = name
        return bpy.data.materials[name]

    return door


def _stand_in(shader: Shader, colour: str, roughness: float, texture: str = "", metal: float = 0.0, **more):
    """What the material is in a file for viewers on a phone: see stand_ins.py."""
    shader.material["gltf"] = {
        "colour": colour,
        "roughness": roughness,
        "metallic": metal,
        "texture": texture,
        **more,
    }
    return shader.material


@_once
def wood(name: str = "oak") -> bpy.types.Material:
    """Oiled solid wood: rings about a heart outside the part, fibres and pores along the grain."""
    early, late, apart, pores = WOODS[name]
    s = Shader(name)
    grain = s.attribute("grain").outputs["Vector"]
    _, y, z = s.apart(grain)
    sway = s.math("SUBTRACT", s.noise(s.scaled(grain, (1.7, 7, 7)), 1.0, 2.0), 0.5)
    sway_more = s.math("SUBTRACT", s.noise(s.scaled(grain, (9, 40, 40), (3, 1, 7)), 1.0, 1.0), 0.5)
    radius = s.math("SQRT", s.math("ADD", s.math("POWER", y, 2.0), s.math("POWER", z, 2.0)))
    radius = s.math("MULTIPLY_ADD", sway, 0.055, radius)
    radius = s.math("MULTIPLY_ADD", sway_more, 0.004, radius)
    turn = s.math("FRACT", s.math("DIVIDE", radius, apart))
    ring = s.math("MULTIPLY", s.between(turn, 0.25, 0.93), s.between(turn, 0.93, 1.0, 1.0, 0.0))
    year = s.noise(s.node("CombineXYZ", X=s.math("MULTIPLY", radius, 90.0)).outputs[0], 1.0, 1.0)
    fibre = s.noise(s.scaled(grain, (7, 700, 700)), 1.0, 3.0, 0.6)
    cloud = s.noise(s.scaled(grain, (2.5, 14, 14), (5, 5, 5)), 1.0, 2.0)
    pore = s.between(s.noise(s.scaled(grain, (45, 1100, 1100), (1, 2, 3)), 1.0, 1.0), 0.60, 0.70)
    pore = s.math("MULTIPLY", pore, s.between(ring, 0.0, 0.6, pores, pores * 0.25))
    share = s.math("MULTIPLY", ring, s.between(year, 0.25, 0.75, 0.12, 0.72))
    share = s.math("ADD", share, s.between(year, 0.3, 0.7, 0.0, 0.22))
    share = s.math("MULTIPLY_ADD", s.math("SUBTRACT", fibre, 0.5), 1.1, share)
    streak = s.noise(s.scaled(grain, (3, 160, 160), (2, 8, 4)), 1.0, 2.0)
    share = s.math("MULTIPLY_ADD", s.math("SUBTRACT", streak, 0.5), 0.7, share)
    colour = s.mix(share, linear(early), linear(late))
    colour = s.mix(s.math("MULTIPLY", pore, 0.5), colour, linear(late, 0.42))
    own = s.math("MULTIPLY_ADD", s.attribute("part", "OBJECT").outputs["Fac"], 0.13, -0.06)
    colour = s.value(colour, s.math("ADD", own, s.between(cloud, 0.2, 0.8, 0.91, 1.07)))
    height = s.math("SUBTRACT", s.math("MULTIPLY", fibre, 0.5), pore)
    shiny = s.math("MULTIPLY_ADD", fibre, 0.16, 0.42)
    s.surface(
        Base_Color=colour,
        Roughness=shiny,
        Specular_IOR_Level=0.32,
        Normal=s.bump(height, 0.22, 0.0006),
    )
    return _stand_in(s, early, 0.55, f"wood-{name}")


def _weave(s: Shader, threads: float, kind: str):
    """Height of the threads (0..1) and which of the two directions lies above."""
    u, v, _ = s.apart(s.uv())
    slub = s.noise(s.scaled(s.uv(), (14, 260, 1)), 1.0, 2.0)
    slub_across = s.noise(s.scaled(s.uv(), (260, 14, 1), (7, 3, 0)), 1.0, 2.0)
    pi = 3.14159265 * threads
    uu = s.math("MULTIPLY", s.math("MULTIPLY_ADD", s.math("SUBTRACT", slub_across, 0.5), 0.0011, u), pi)
    vv = s.math("MULTIPLY", s.math("MULTIPLY_ADD", s.math("SUBTRACT", slub, 0.5), 0.0011, v), pi)
    if kind in ("twill", "wool"):
        over = s.math("SINE", s.math("ADD", uu, vv))
    elif kind == "rug":
        over = s.math("SINE", s.math("MULTIPLY", uu, 0.5))
        over = s.math("MULTIPLY", over, s.math("SINE", vv))
    else:
        over = s.math("MULTIPLY", s.math("SINE", uu), s.math("SINE", vv))
    warp = s.math("MULTIPLY", s.math("ABSOLUTE", s.math("SINE", uu)), s.math("MULTIPLY_ADD", over, 0.4, 0.6))
    weft = s.math("MULTIPLY", s.math("ABSOLUTE", s.math("SINE", vv)), s.math("MULTIPLY_ADD", over, -0.4, 0.6))
    return s.math("MAXIMUM", warp, weft), slub, slub_across


THREADS = {"linen": 1100.0, "twill": 620.0, "wool": 420.0, "rug": 260.0}


def _cloth(s: Shader, colour, kind: str, fuzz: float, uneven: float):
    """The surface of woven cloth in a colour or a socket."""
    height, slub, across = _weave(s, THREADS[kind], kind)
    tone = s.math("ADD", s.between(slub, 0.25, 0.75, -uneven, uneven), s.between(across, 0.25, 0.75, -uneven, uneven))
    cloud = s.noise(s.scaled(s.uv(), (9, 9, 1)), 1.0, 2.0)
    tone = s.math("ADD", tone, s.between(cloud, 0.2, 0.8, -0.03, 0.03))
    if kind in ("wool", "twill"):  # heather: yarns of several shades, seen from across the room
        heather = s.noise(s.scaled(s.uv(), (230, 330, 1), (4, 2, 0)), 1.0, 3.0, 0.65)
        tone = s.math("ADD", tone, s.between(heather, 0.32, 0.68, -0.10, 0.10))
    tone = s.math("ADD", tone, s.between(height, 0.1, 0.9, 0.74, 1.07))
    hair = s.noise(s.scaled(s.uv(), (900, 900, 1)), 1.0, 2.0)
    rough = s.math("MULTIPLY_ADD", hair, 0.5 * fuzz, height)
    normal = s.bump(rough, 0.7, 0.6 / THREADS[kind])
    return s.value(colour, tone), normal


@_once
def fabric(name: str = "natural", weave: str = "linen") -> bpy.types.Material:
    """Woven cloth: linen (fine, slubby), twill (upholstery), wool (soft, a little hairy), rug (ribbed)."""
    s = Shader(name)
    fuzz = {"linen": 0.2, "twill": 0.5, "wool": 1.0, "rug": 0.8}[weave]
    colour, normal = _cloth(s, linear(CLOTHS[name]), weave, fuzz, 0.075 if weave == "linen" else 0.05)
    s.surface(
        Base_Color=colour,
        Roughness=0.92,
        Specular_IOR_Level=0.12,
        Sheen_Weight=0.12 + 0.28 * fuzz,
        Sheen_Roughness=0.45,
        Sheen_Tint=linear(CLOTHS[name], 1.5),
        Normal=normal,
    )
    return _stand_in(s, CLOTHS[name], 0.95, f"cloth-{name}")


@_once
def banded(name: str, other: str, bands: str, weave: str = "rug") -> bpy.types.Material:
    """Cloth with woven bands. `bands` is "from-to from-to …" in shares of the attribute "along" (0..1)."""
    s = Shader(name)
    along = s.attribute("along").outputs["Fac"]
    share: object = 0.0
    for band in bands.split():
        low, high = (float(part) for part in band.split("-"))
        inside = s.math("MULTIPLY", s.math("GREATER_THAN", along, low), s.math("LESS_THAN", along, high))
        share = s.math("MAXIMUM", share, inside)
    colour, normal = _cloth(s, s.mix(share, linear(CLOTHS[name]), linear(CLOTHS[other])), weave, 0.8, 0.06)
    s.surface(Base_Color=colour, Roughness=0.95, Specular_IOR_Level=0.1, Sheen_Weight=0.25, Normal=normal)
    return _stand_in(s, CLOTHS[name], 0.95, f"cloth-{name}", bands=bands, other=CLOTHS[other])


@_once
def linen_shade(lit: float = 1.0) -> bpy.types.Material:
    """Linen of a lampshade: half of the light goes through."""
    s = Shader("shade")
    colour, normal = _cloth(s, linear("#EFE3CB"), "linen", 0.2, 0.09)
    front = s.node("BsdfDiffuse", Color=colour, Normal=normal).outputs[0]
    through = s.node("BsdfTranslucent", Color=s.value(colour, 0.95, 1.15), Normal=normal).outputs[0]
    mixed = s.tree.nodes.new("ShaderNodeMixShader")
    for socket, value in zip(mixed.inputs, (0.5, front, through), strict=True):
        s.put(socket, value)
    s.show(mixed.outputs[0])
    return _stand_in(s, "#F3E6CC", 0.95, "cloth-natural", two_sided=True)


@_once
def glaze(name: str = "dune") -> bpy.types.Material:
    """Stoneware glaze, satin: iron specks, a thinner and warmer coat where the attribute "thin" is 1."""
    s = Shader(name)
    place = s.node("TexCoord").outputs["Object"]
    cloud = s.noise(place, 18, 1.0)  # soft: the denoiser turns fine mottling into patches
    colour = s.mix(s.between(cloud, 0.25, 0.75), linear(GLAZES[name], 0.97), linear(GLAZES[name], 1.03))
    thin = s.attribute("thin").outputs["Fac"]
    thin = s.math("MULTIPLY", thin, s.between(s.noise(place, 70, 2.0), 0.15, 0.6))
    colour = s.mix(s.math("MULTIPLY", thin, 0.75), colour, linear("#8A5A36"))
    speck: object = 0.0  # none smaller than a pixel of the pictures: the denoiser would smear them into patches
    for scale, size, chance in ((230.0, 0.19, 0.69), (110.0, 0.13, 0.72)):
        far, own = s.spots(place, scale)
        dot = s.math("MULTIPLY", s.between(far, size * 0.6, size, 1.0, 0.0), s.math("GREATER_THAN", own, chance))
        speck = s.math("MAXIMUM", speck, dot)
    colour = s.mix(s.math("MULTIPLY", speck, 0.72), colour, linear("#4A3524"))
    wave = s.noise(place, 60, 2.0)
    s.surface(
        Base_Color=colour,
        Roughness=s.between(cloud, 0.2, 0.8, 0.27, 0.33),
        Specular_IOR_Level=0.5,
        Coat_Weight=0.12,
        Coat_Roughness=0.15,
        Normal=s.bump(wave, 0.12, 0.002),
    )
    return _stand_in(s, GLAZES[name], 0.32, f"glaze-{name}")


@_once
def clay() -> bpy.types.Material:
    """The bare body of stoneware: dry, sandy, with grog."""
    s = Shader("clay")
    place = s.node("TexCoord").outputs["Object"]
    far, own = s.spots(place, 500.0)
    grog = s.math("MULTIPLY", s.between(far, 0.15, 0.3, 1.0, 0.0), s.math("GREATER_THAN", own, 0.6))
    colour = s.mix(
        s.math("MULTIPLY", grog, 0.5),
        s.mix(s.noise(place, 40, 3), linear("#B08660"), linear("#C69F78")),
        linear("#5E4330"),
    )
    s.surface(
        Base_Color=colour, Roughness=0.9, Specular_IOR_Level=0.2, Normal=s.bump(s.noise(place, 900, 2), 0.3, 0.0004)
    )
    return _stand_in(s, "#BB9169", 0.9)


@_once
def metal(name: str = "black") -> bpy.types.Material:
    """Powder coat (chalk, clay, forest, ink, black) or bare metal (brass, steel, dark_steel)."""
    s = Shader(name)
    place = s.node("TexCoord").outputs["Object"]
    if name in PAINTS:
        skin = s.noise(place, 1400, 1.0)
        s.surface(
            Base_Color=linear(PAINTS[name]),
            Roughness=s.between(s.noise(place, 30, 2.0), 0.2, 0.8, 0.44, 0.52),
            Specular_IOR_Level=0.42,
            Normal=s.bump(skin, 0.10, 0.0005),
        )
        return _stand_in(s, PAINTS[name], 0.5)
    colour, rough = BARE[name]
    worn = s.noise(place, 45, 4.0, 0.6)
    s.surface(
        Base_Color=s.mix(s.between(worn, 0.3, 0.8), linear(colour), linear(colour, 0.86)),
        Metallic=1.0 if name != "dark_steel" else 0.6,
        Roughness=s.between(worn, 0.25, 0.75, rough - 0.05, rough + 0.09),
        Normal=s.bump(s.noise(s.scaled(place, (300, 300, 12)), 1.0, 2.0), 0.03, 0.0005),
    )
    return _stand_in(s, colour, rough, metal=1.0)


@_once
def paper_cord() -> bpy.types.Material:
    """Danish paper cord: twisted paper, unbleached. Laid out with u along the cord."""
    s = Shader("paper-cord")
    u, v, _ = s.apart(s.uv())
    twist = s.math("SINE", s.math("ADD", s.math("MULTIPLY", u, 900.0), s.math("MULTIPLY", v, 700.0)))
    crease = s.noise(s.scaled(s.uv(), (500, 1500, 1)), 1.0, 2.0)
    height = s.math("ADD", s.math("MULTIPLY", twist, 0.5), crease)
    colour = s.mix(s.between(crease, 0.2, 0.8), linear("#C9AE7F"), linear("#E2CBA0"))
    colour = s.value(colour, s.between(twist, -1.0, 1.0, 0.86, 1.05))
    s.surface(Base_Color=colour, Roughness=0.72, Specular_IOR_Level=0.25, Normal=s.bump(height, 0.5, 0.0006))
    return _stand_in(s, "#D8BE91", 0.8)


@_once
def lamp_light(strength: float = 12.0) -> bpy.types.Material:
    """A bulb that is on: warm, 2700 K."""
    s = Shader("light")
    s.show(s.node("Emission", Color=linear("#FFDFA8"), Strength=strength).outputs[0])
    return _stand_in(s, "#FFF4DC", 1.0, glows=1.0)


@_once
def wax() -> bpy.types.Material:
    """Rapeseed wax: light goes in and comes out elsewhere."""
    s = Shader("wax")
    place = s.node("TexCoord").outputs["Object"]
    s.surface(
        Base_Color=linear("#F3EBD8"),
        Subsurface_Weight=0.5,
        Subsurface_Radius=(0.9, 0.7, 0.45),
        Subsurface_Scale=0.006,
        Roughness=0.42,
        Normal=s.bump(s.noise(place, 220, 3), 0.15, 0.001),
    )
    return _stand_in(s, "#F3EBD8", 0.45)


@_once
def soap_glass(colour: str = "#6E3F17") -> bpy.types.Material:
    """Brown glass with soap behind it: deep colour, clear highlights, brighter where it is thin."""
    s = Shader("soap-glass")
    facing = s.node("LayerWeight", Blend=0.35).outputs["Facing"]
    depth = s.mix(s.math("POWER", facing, 1.4), linear(colour, 0.45), linear(colour, 2.1))
    s.surface(
        Base_Color=depth,
        Roughness=0.06,
        IOR=1.5,
        Specular_IOR_Level=0.5,
        Subsurface_Weight=0.35,
        Subsurface_Radius=(1.0, 0.45, 0.12),
        Subsurface_Scale=0.02,
        Coat_Weight=0.6,
        Coat_Roughness=0.02,
    )
    return _stand_in(s, "#5B3517", 0.1)


PAPERS = {"white": "#F4EFE4", "kraft": "#C3A072", "ink": "#2B2825", "thread": "#B4472E", "card": "#DDD3C0"}


@_once
def paper(name: str = "white") -> bpy.types.Material:
    """Uncoated paper or board, with its fibres."""
    s = Shader("paper")
    place = s.node("TexCoord").outputs["Object"]
    fibre = s.noise(s.scaled(place, (260, 260, 900)), 1.0, 3.0)
    crease = s.noise(place, 24, 3.0)
    colour = s.value(
        linear(PAPERS[name]),
        s.math("ADD", s.between(fibre, 0.2, 0.8, 0.95, 1.0), s.between(crease, 0.2, 0.8, -0.03, 0.03)),
    )
    height = s.math("ADD", s.math("MULTIPLY", fibre, 0.12), crease)
    strong = 0.35 if name == "kraft" else 0.06
    s.surface(Base_Color=colour, Roughness=0.85, Specular_IOR_Level=0.2, Normal=s.bump(height, strong, 0.004))
    return _stand_in(s, PAPERS[name], 0.9)


@_once
def leather(name: str = "tan") -> bpy.types.Material:
    """Vegetable-tanned leather."""
    s = Shader("leather")
    place = s.node("TexCoord").outputs["Object"]
    pebble, _ = s.spots(place, 900.0)
    tone = {"tan": "#A8713F", "dark": "#4A3222"}[name]
    colour = s.value(linear(tone), s.between(s.noise(place, 30, 3.0), 0.2, 0.8, 0.88, 1.08))
    s.surface(Base_Color=colour, Roughness=0.5, Specular_IOR_Level=0.35, Normal=s.bump(pebble, 0.25, 0.0006))
    return _stand_in(s, tone, 0.55)
