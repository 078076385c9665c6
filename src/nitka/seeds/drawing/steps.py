"""One step of an assembly as a picture: what stands already in outline, what is put on shaded, with its number."""

from collections.abc import Iterable, Mapping, Sequence

from PIL import Image, ImageDraw, ImageFont

from nitka.seeds.drawing.finishes import Finish
from nitka.seeds.drawing.plate import FINE, Plate
from nitka.seeds.drawing.space import Eye, Face, Point, extent, moved, plus, turned

SIZE = (1100, 800)
EDGE = 90
WHITE = (255, 255, 255)
DONE, NEW = Finish((250, 248, 244), "glow"), Finish((226, 176, 148))
INK, ACCENT = (29, 27, 24), (180, 71, 46)


def step(
    faces: Sequence[Face], done: Iterable[str], new: Mapping[str, Point], numbers: Mapping[str, int], eye: Eye,
    *, flip: bool = False,
) -> Image.Image:  # fmt: skip
    """`done` and the keys of `new` are parts; `new` says by how much each is still away from its place, in parts of
    the largest measure. `numbers` is the number of each kind of part."""
    faces = _flipped(faces) if flip else list(faces)
    largest = max(max(p[axis] for f in faces for p in f.points) * 2 for axis in (0, 1))
    largest = max(largest, max(p[2] for f in faces for p in f.points))
    away = {name: _times(shift, largest) for name, shift in new.items()}
    stand = set(done)
    shown = [_painted(face, DONE) for face in faces if face.part in stand]
    for name, shift in away.items():
        shown += [_painted(face, NEW) for face in moved([f for f in faces if f.part == name], shift)]
    plate = _plate(shown, eye)
    paper = _inked(plate)
    marks = _Marks(paper, plate)
    for name, shift in away.items():
        marks.of_part([f for f in faces if f.part == name], shift, numbers[name.partition(".")[0]])
    return marks.out()


def alone(faces: Sequence[Face], name: str, eye: Eye) -> Image.Image:
    """One part by itself, small, for the list of what is in the box."""
    shown = [_painted(face, NEW) for face in faces if face.part == name]
    return _inked(_plate(shown, eye)).resize((SIZE[0] // 2, SIZE[1] // 2), Image.Resampling.LANCZOS)


def _painted(face: Face, finish: Finish) -> Face:
    return Face(face.points, finish, face.group, face.open, face.grain, face.part)


def _flipped(faces: Sequence[Face]) -> list[Face]:
    over = turned(faces, "x", 180)
    return moved(over, (0, 0, -min(p[2] for face in over for p in face.points)))


def _times(shift: Point, by: float) -> Point:
    return (shift[0] * by, shift[1] * by, shift[2] * by)


def _plate(faces: Sequence[Face], eye: Eye) -> Plate:
    left, low, right, high = extent(faces, eye)
    wide, tall = (SIZE[0] - 2 * EDGE) * FINE, (SIZE[1] - 2 * EDGE) * FINE
    scale = min(wide / (right - left), tall / (high - low))
    middle = (SIZE[0] * FINE / 2 - (left + right) / 2 * scale, SIZE[1] * FINE / 2 + (low + high) / 2 * scale)
    plate = Plate((SIZE[0] * FINE, SIZE[1] * FINE), scale, middle, eye, False, True)
    plate.lay(faces)
    return plate


def _inked(plate: Plate) -> Image.Image:
    picture = plate.finished(1.6, 0.75).resize(SIZE, Image.Resampling.LANCZOS)
    paper = Image.new("RGB", SIZE, WHITE)
    paper.paste(picture, (0, 0), plate.alpha().resize(SIZE, Image.Resampling.LANCZOS))
    return paper


class _Marks:
    """Numbers in rings, and arrows that say where a part goes."""

    def __init__(self, paper: Image.Image, plate: Plate) -> None:
        self.paper, self.plate = paper, plate
        self.sheet = Image.new("RGBA", (SIZE[0] * FINE, SIZE[1] * FINE), (*ACCENT, 0))
        self.pen = ImageDraw.Draw(self.sheet)
        self.font = ImageFont.load_default(26 * FINE)

    def of_part(self, faces: Sequence[Face], shift: Point, number: int) -> None:
        """The number of a part at its middle; an arrow from there to its place if it is away from it."""
        points = [p for face in faces for p in face.points]
        middle: Point = (
            (min(p[0] for p in points) + max(p[0] for p in points)) / 2,
            (min(p[1] for p in points) + max(p[1] for p in points)) / 2,
            (min(p[2] for p in points) + max(p[2] for p in points)) / 2,
        )
        start, end = self.plate.pixel(plus(middle, shift)), self.plate.pixel(middle)
        self._arrow(start, end)
        r = 24 * FINE
        self.pen.ellipse(
            (start[0] - r, start[1] - r, start[0] + r, start[1] + r), fill=(*WHITE, 255), outline=(*ACCENT, 255),
            width=3 * FINE,
        )  # fmt: skip
        self.pen.text(start, str(number), font=self.font, fill=(*INK, 255), anchor="mm")

    def _arrow(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        dx, dy = end[0] - start[0], end[1] - start[1]
        length = (dx * dx + dy * dy) ** 0.5
        if length < 40 * FINE:
            return
        along = (dx / length, dy / length)
        head = 20 * FINE
        neck = (end[0] - along[0] * head, end[1] - along[1] * head)
        self.pen.line((*start, *neck), fill=(*ACCENT, 255), width=4 * FINE)
        wing = (-along[1] * head * 0.5, along[0] * head * 0.5)
        self.pen.polygon(
            [end, (neck[0] + wing[0], neck[1] + wing[1]), (neck[0] - wing[0], neck[1] - wing[1])], fill=(*ACCENT, 255)
        )

    def out(self) -> Image.Image:
        small = self.sheet.resize(SIZE, Image.Resampling.LANCZOS)
        self.paper.paste(small, (0, 0), small)
        return self.paper
