"""Puts faces on paper: hidden surfaces by a depth buffer, soft flat shade, drawn edges, a shadow.

Pillow alone, without an array library: a face is flat, so its depth is one linear ramp that ImageMath
compares with what lies there already.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageMath

from nitka.seeds.drawing.finishes import Colour
from nitka.seeds.drawing.space import Eye, Face, Point, cross, dot, normal_of, plus, unit

LIGHT_FROM: Point = unit((-0.5, -0.62, 1.0))
# Shadows fall steeper than the shade suggests, so that they stay near their object.
SHADOW_FROM: Point = (-0.42, -0.40, 1.0)
FAR = 1e9
FINE = 3  # pixels drawn for one pixel kept, each way


@dataclass
class Plate:
    """A picture being made: `scale` pixels a millimetre, `origin` the pixel of the world's zero."""

    size: tuple[int, int]
    scale: float
    origin: tuple[float, float]
    eye: Eye
    shadows: bool = True
    light_follows: bool = False  # the light stands beside the eye, so that every elevation is as bright
    colour: Image.Image = field(init=False)
    depth: Image.Image = field(init=False)
    groups: Image.Image = field(init=False)
    _ids: dict[str, Colour] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        width, height = self.size
        self.colour = Image.new("RGB", self.size)
        self.groups = Image.new("RGB", self.size)
        self.depth = Image.new("F", self.size, FAR)
        across, down = Image.new("F", (width, 1)), Image.new("F", (1, height))
        across.putdata(range(width))
        down.putdata(range(height))
        self._x = across.resize(self.size, Image.Resampling.NEAREST)
        self._y = down.resize(self.size, Image.Resampling.NEAREST)
        self._right, self._up, self._forward = self.eye.axes()

    def pixel(self, p: Point) -> tuple[float, float]:
        """Where a point of space lies on the picture."""
        return (
            self.origin[0] + dot(p, self._right) * self.scale,
            self.origin[1] - dot(p, self._up) * self.scale,
        )

    def lay(self, faces: Sequence[Face]) -> None:
        """Draw all faces; the order does not matter."""
        casters = [face for face in faces if face.finish.kind != "glow"]
        for face in faces:
            self._lay_one(face, casters)

    def _lay_one(self, face: Face, casters: Sequence[Face]) -> None:
        normal = normal_of(face.points)
        facing = dot(normal, self._forward)
        if abs(facing) < 1e-4 or (facing > 0 and not face.open):
            return
        flat = [self.pixel(p) for p in face.points]
        box = self._box(flat)
        if box is None:
            return
        local = [(x - box[0], y - box[1]) for x, y in flat]
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        ImageDraw.Draw(mask).polygon(local, fill=255, outline=255)
        ramp, seen = self._in_front(face, normal, facing, box, mask)
        if seen.getbbox() is None:
            return
        toward = normal if facing < 0 else (-normal[0], -normal[1], -normal[2])
        self.colour.paste(self._patch(face, toward, box, casters), box, seen)
        self.groups.paste(self._id(face.group), box, seen)
        self.depth.paste(ramp, box, seen)

    def _box(self, flat: Sequence[tuple[float, float]]) -> tuple[int, int, int, int] | None:
        left, top = max(0, math.floor(min(x for x, _ in flat))), max(0, math.floor(min(y for _, y in flat)))
        right = min(self.size[0], math.ceil(max(x for x, _ in flat)) + 1)
        bottom = min(self.size[1], math.ceil(max(y for _, y in flat)) + 1)
        return (left, top, right, bottom) if right > left and bottom > top else None

    def _in_front(
        self, face: Face, normal: Point, facing: float, box: tuple[int, int, int, int], mask: Image.Image
    ) -> tuple[Image.Image, Image.Image]:
        """The face's depth over its box, and where it is nearer than what was drawn before."""
        by_x = -dot(normal, self._right) / facing / self.scale
        by_y = dot(normal, self._up) / facing / self.scale
        base = dot(normal, face.points[0]) / facing - by_x * self.origin[0] - by_y * self.origin[1]
        depths = [dot(p, self._forward) for p in face.points]
        low, high = min(depths) - 1.0, max(depths) + 1.0
        ramp = ImageMath.lambda_eval(
            lambda at: at["min"](at["max"](at["x"] * by_x + (at["y"] * by_y + base), low), high),
            x=self._x.crop(box),
            y=self._y.crop(box),
        )
        seen = ImageMath.lambda_eval(
            lambda at: at["convert"]((at["ramp"] < at["depth"]) * at["mask"], "L"),
            ramp=ramp,
            depth=self.depth.crop(box),
            mask=mask,
        )
        return ramp, seen.convert("1")

    def _id(self, group: str) -> Colour:
        if group not in self._ids:
            number = len(self._ids) + 1
            self._ids[group] = (number * 37 % 251 + 4, number // 251 * 53 % 255, number * 101 % 253)
        return self._ids[group]

    def _patch(self, face: Face, toward: Point, box: tuple[int, int, int, int], casters: Sequence[Face]) -> Image.Image:
        size = (box[2] - box[0], box[3] - box[1])
        slope = (dot(toward, self._right), dot(toward, self._forward), dot(toward, self._up))
        base = lit(face.finish.colour, slope if self.light_follows else toward)
        base = face.finish.colour if face.finish.kind == "glow" else base
        patch = Image.new("RGB", size, base)
        if face.finish.kind in ("wood", "weave") and len(face.points) > 3:
            self._grain(face, toward, base, patch, box)
        if self.shadows and toward[2] > 0.97 and len(face.points) > 3 and size[0] * size[1] > 9000:
            shadow = self._shadow_on(face.points[0][2], casters, box).filter(ImageFilter.GaussianBlur(2.5 * FINE))
            patch.paste(Image.new("RGB", size, mixed(base, (60, 44, 30), 0.30)), (0, 0), shadow)
        return patch

    def _grain(
        self, face: Face, toward: Point, base: Colour, patch: Image.Image, box: tuple[int, int, int, int]
    ) -> None:
        """Lines along the grain, a little uneven, a little darker or lighter; cloth gets a second set across."""
        along = unit(face.grain or (1.0, 0.0, 0.0))
        if abs(dot(along, toward)) > 0.9:
            return
        pen = ImageDraw.Draw(patch)
        self._lines(face, along, toward, base, pen, box)
        if face.finish.kind == "weave":
            self._lines(face, unit(cross(toward, along)), toward, base, pen, box)

    def _lines(
        self,
        face: Face,
        along: Point,
        toward: Point,
        base: Colour,
        pen: ImageDraw.ImageDraw,
        box: tuple[int, int, int, int],
    ) -> None:
        across = unit(cross(toward, along))
        middle = face.points[0]
        spread = [dot(plus(p, middle, -1), across) for p in face.points]
        length = [dot(plus(p, middle, -1), along) for p in face.points]
        step = (2.6 if face.finish.kind == "weave" else 3.4) * FINE / self.scale
        for n in range(int((max(spread) - min(spread)) / step) + 1):
            chance = _chance(n * 7 + len(face.group) + middle[0] * 0.013)
            shift = min(spread) + n * step + (chance - 0.5) * step * (0.2 if face.finish.kind == "weave" else 1.3)
            strength = (chance - 0.5) * 2 * face.finish.contrast
            tone = mixed(base, (30, 20, 12) if strength < 0 else (255, 250, 240), abs(strength) * 1.6)
            wave = 0.0 if face.finish.kind == "weave" else step * 0.9
            ends = [min(length) + (max(length) - min(length)) * k / 12 for k in range(13)]
            spots = [
                self.pixel(plus(plus(middle, across, shift + wave * math.sin(n * 0.9 + t * 0.012)), along, t))
                for t in ends
            ]
            pen.line([(x - box[0], y - box[1]) for x, y in spots], fill=tone, width=FINE)

    def _shadow_on(self, height: float, casters: Sequence[Face], box: tuple[int, int, int, int]) -> Image.Image:
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        pen = ImageDraw.Draw(mask)
        for face in casters:
            if min(p[2] for p in face.points) > height - 0.5 and max(p[2] for p in face.points) > height + 2:
                spots = [self.pixel(cast(p, height)) for p in face.points]
                pen.polygon([(x - box[0], y - box[1]) for x, y in spots], fill=255)
        return mask

    def alpha(self) -> Image.Image:
        """Where something was drawn."""
        return ImageMath.lambda_eval(lambda at: at["convert"]((at["d"] < FAR / 2) * 255, "L"), d=self.depth)

    def finished(self, line: float = 1.3, ink: float = 0.5) -> Image.Image:
        """The colours with depth made visible and edges drawn."""
        picture = _deepened(self.colour, self.depth, self.scale)
        edges = _edges(self.groups, max(1, round(line * FINE)))
        dark = picture.point(lambda v: round(v * (1 - ink)))
        return Image.composite(dark, picture, edges)


def lit(colour: Colour, normal: Point) -> Colour:
    """Soft flat shade: warm towards the light, a little cooler away from it."""
    light = 0.64 + 0.40 * max(0.0, dot(normal, LIGHT_FROM)) + 0.05 * normal[2] - 0.06 * max(0.0, normal[0])
    warm = (1.0 + 0.02 * (light - 0.8), 1.0, 1.0 - 0.05 * (light - 0.8))
    red, green, blue = (min(255, max(0, round(part * light * tint))) for part, tint in zip(colour, warm, strict=True))
    return (red, green, blue)


def mixed(a: Colour, b: Colour, share: float) -> Colour:
    """`share` of b in a."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return (red, green, blue)


def cast(p: Point, height: float) -> Point:
    """Where the shadow of a point falls on a level."""
    return plus(p, SHADOW_FROM, (height - p[2]) / SHADOW_FROM[2])


def _chance(seed: float) -> float:
    """An even, repeatable scatter between 0 and 1."""
    return math.modf(abs(math.sin(seed * 12.9898) * 43758.5453))[0]


def _edges(groups: Image.Image, width: int) -> Image.Image:
    found = Image.new("L", groups.size)
    for dx, dy in ((width, 0), (0, width)):
        change = ImageChops.difference(groups, ImageChops.offset(groups, dx, dy))
        red, green, blue = change.split()
        most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        found = ImageChops.lighter(found, most.point(lambda v: 255 if v else 0))
    return found


def _deepened(picture: Image.Image, depth: Image.Image, scale: float) -> Image.Image:
    """Darken what lies just behind something nearer (Luft, Colditz, Deussen 2006), so that parts stand apart."""
    near = depth.getextrema()[0]
    reach = max(picture.size) / scale * 0.8
    grey = ImageMath.lambda_eval(
        lambda at: at["convert"](at["min"]((at["d"] - near) * (255 / reach), 255), "L"), d=depth
    )
    small = grey.resize((grey.width // 4, grey.height // 4), Image.Resampling.BOX)
    for radius, strength in ((4 * FINE, 1.5), (11 * FINE, 1.1)):
        veil = small.filter(ImageFilter.GaussianBlur(radius / 1.33))
        behind = ImageChops.subtract(small, veil).point(lambda v, s=strength: max(0, 255 - round(v * s)))
        soft = behind.filter(ImageFilter.GaussianBlur(2)).resize(picture.size, Image.Resampling.BILINEAR)
        picture = ImageChops.multiply(picture, Image.merge("RGB", (soft, soft, soft)))
    return picture
