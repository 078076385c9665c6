"""A product's elevation with measure lines."""

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from nitka.seeds.drawing.finishes import Finish
from nitka.seeds.drawing.model import Model
from nitka.seeds.drawing.plate import FINE, Plate
from nitka.seeds.drawing.space import FRONT, SIDE, TOP, Eye, Face, extent

SIDE_PX = 1200
PAPER = (247, 242, 233)
INK, QUIET, ACCENT = (29, 27, 24), (107, 101, 92), (180, 71, 46)


def elevation(model: Model, measures: tuple[int, int, int]) -> Image.Image:
    """Front and side (or top) in pale paint, with measure lines like a pulled thread."""
    faces = [_pale(face) for face in (model.measured or model.faces)]
    boxes = [extent(faces, eye) for eye in model.views]
    wide, tall = [b[2] - b[0] for b in boxes], [b[3] - b[1] for b in boxes]
    gap = 170 if len(boxes) > 1 else 0
    room_x, room_y = SIDE_PX - 320 - gap, SIDE_PX - 380
    scale = min(room_x / sum(wide), room_y / max(tall))
    x = (SIDE_PX - sum(wide) * scale - gap) / 2 + (40 if len(boxes) == 1 else 55)
    base = SIDE_PX / 2 + max(tall) * scale / 2 - 20
    paper = Image.new("RGB", (SIDE_PX, SIDE_PX), PAPER)
    lines = []
    for eye, box, width, height in zip(model.views, boxes, wide, tall, strict=True):
        lift = (max(tall) - height) * scale / 2 if eye == TOP and len(boxes) > 1 else 0
        frame = (x, base - height * scale - lift, x + width * scale, base - lift)
        _stamp(paper, faces, eye, box, frame, scale)
        lines.append((eye, frame))
        x += width * scale + gap
    _measure(paper, lines, measures)
    return paper


def _stamp(
    paper: Image.Image,
    faces: Sequence[Face],
    eye: Eye,
    box: tuple[float, float, float, float],
    frame: tuple[float, float, float, float],
    scale: float,
) -> None:
    fine, edge = scale * FINE, 6 * FINE
    size = (round((box[2] - box[0]) * fine) + 2 * edge, round((box[3] - box[1]) * fine) + 2 * edge)
    plate = Plate(size, fine, (edge - box[0] * fine, edge + box[3] * fine), eye, False, True)
    plate.lay(faces)
    small = (round(size[0] / FINE), round(size[1] / FINE))
    picture = plate.finished(1.5, 0.62).resize(small, Image.Resampling.LANCZOS)
    alpha = plate.alpha().resize(small, Image.Resampling.LANCZOS)
    paper.paste(picture, (round(frame[0]) - 6, round(frame[1]) - 6), alpha)


def _pale(face: Face) -> Face:
    """Between its own colour and paper, so that the lines speak."""
    red, green, blue = (round(part + (246 - part) * 0.52) for part in face.finish.colour)
    kind = "plain" if face.finish.kind != "glow" else "glow"
    return Face(face.points, Finish((red, green, blue), kind, 0), face.group, face.open, face.grain)


def _measure(
    paper: Image.Image, lines: list[tuple[Eye, tuple[float, float, float, float]]], measures: tuple[int, int, int]
) -> None:
    """Width under the front, depth under the side or beside the top, height at the left."""
    width, depth, height = measures
    pen = _Pen(paper)
    first_eye, first = lines[0]
    bottom = max(frame[3] for _, frame in lines) + 62
    pen.across(first[0], first[2], bottom, width)
    pen.upright(first[1], first[3], first[0] - 62, depth if first_eye == TOP else height)
    for eye, frame in lines[1:]:
        pen.across(frame[0], frame[2], bottom, depth if eye in (SIDE, FRONT) else width)
    pen.out()


class _Pen:
    """Measure lines in the accent colour; each end is a knot."""

    def __init__(self, paper: Image.Image) -> None:
        self.paper, self.fine = paper, 3
        self.sheet = Image.new("RGBA", (paper.width * 3, paper.height * 3), (*ACCENT, 0))
        self.draw = ImageDraw.Draw(self.sheet)
        self.font = ImageFont.load_default(38 * 3)

    def across(self, x0: float, x1: float, y: float, value: int) -> None:
        """A level line with its number below."""
        self._thread((x0, y), (x1, y))
        self._text(((x0 + x1) / 2, y + 40), value)

    def upright(self, y0: float, y1: float, x: float, value: int) -> None:
        """An upright line with its number, turned, at its left."""
        self._thread((x, y0), (x, y1))
        label = Image.new("RGBA", (900, 150), (*INK, 0))
        ImageDraw.Draw(label).text((450, 75), f"{value} mm", font=self.font, fill=(*INK, 255), anchor="mm")
        turned = label.rotate(90, expand=True)
        spot = (round((x - 40) * 3 - turned.width / 2), round((y0 + y1) / 2 * 3 - turned.height / 2))
        self.sheet.alpha_composite(turned, (max(0, spot[0]), max(0, spot[1])))

    def _thread(self, a: tuple[float, float], b: tuple[float, float]) -> None:
        (ax, ay), (bx, by) = (a[0] * 3, a[1] * 3), (b[0] * 3, b[1] * 3)
        self.draw.line((ax, ay, bx, by), fill=(*ACCENT, 255), width=7)
        for x, y in ((ax, ay), (bx, by)):
            self.draw.ellipse((x - 18, y - 18, x + 18, y + 18), fill=(*ACCENT, 255))

    def _text(self, at: tuple[float, float], value: int) -> None:
        self.draw.text((at[0] * 3, at[1] * 3), f"{value} mm", font=self.font, fill=(*INK, 255), anchor="mm")

    def out(self) -> None:
        """Lay the lines on the paper."""
        small = self.sheet.resize(self.paper.size, Image.Resampling.LANCZOS)
        self.paper.paste(small, (0, 0), small)
