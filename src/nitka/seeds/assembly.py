"""Assembly manuals, drawn from the models and committed like pictures: `python -m nitka.seeds.assembly OUT [HANDLE…]`.

One drawing a step for all languages, with the same sentence in each of them below. This need only run again when a
model in `drawing/` or `shop/assembly.json` changes.
"""

import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from PIL import Image

from nitka.ground.web.papers import draw
from nitka.seeds import files
from nitka.seeds.drawing import models, steps
from nitka.seeds.drawing.model import Model, Order, build
from nitka.seeds.drawing.space import Face

__all__ = ["guide", "main", "manual", "models", "path_of"]


def guide(handle: str) -> dict[str, Any] | None:
    """The parts and steps of a product, or None for one that comes in one piece."""
    found: dict[str, Any] | None = files.read("assembly.json")["products"].get(handle)
    return found


def path_of(handle: str) -> Path:
    """Where the finished manual lies."""
    return files.SHOP / "assembly" / f"{handle}.pdf"


def manual(handle: str) -> bytes:
    """The manual as a PDF in all languages; the same bytes each time."""
    told, product = files.read("assembly.json"), files.product(handle)
    said, model = told["products"][handle], _model(product)
    template = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    ).get_template("assembly.html")
    every = sorted({face.part for face in model.faces})
    html = template.render(
        name=product["name"], words=told["words"], people=said["people"],
        minutes=product["attributes"]["assembly_minutes"],
        whole=_jpeg(steps.step(model.faces, every, {}, {}, model.eye)),
        parts=[
            (number, len(names), _jpeg(steps.alone(model.faces, names[0], model.eye)))
            for number, names in enumerate((names_of(kind, every) for kind in said["parts"]), 1)
        ],
        box=[(code, count, told["hardware"][code]) for code, count in in_the_box(said).items()],
        steps=list(_steps(model, said, told, every)),
    )  # fmt: skip
    return draw(html, pdf_identifier=handle.encode())


def names_of(kind: str, every: Sequence[str]) -> list[str]:
    """The parts of a kind ("leg": all four), or the one that is named ("side.1")."""
    return [name for name in every if name == kind or name.partition(".")[0] == kind]


def in_the_box(said: Mapping[str, Any]) -> dict[str, int]:
    """How many bolts, screws and tools all steps together need."""
    found = Counter[str]()
    for each in said["steps"]:
        found.update(each.get("hardware", {}))
    return {**found, **dict.fromkeys(said["tools"], 1)}


def _model(product: Mapping[str, Any]) -> Model:
    variant = product["variants"][0]
    width, depth, height = variant["dimensions_mm"]
    return build(product["handle"], Order(width, depth, height, variant["options"]))


def _steps(model: Model, said: Mapping[str, Any], told: Mapping[str, Any], every: Sequence[str]) -> Any:
    numbers = {kind: number for number, kind in enumerate(said["parts"], 1)}
    done: list[str] = []
    for each in said["steps"]:
        names = [name for kind in each["new"] for name in names_of(kind, every)]
        away = each.get("move", {})
        new = {name: tuple(away.get(name.partition(".")[0], (0, 0, 0))) for name in names}
        if "side.1" in new:
            new["side.1"] = (0, 0, 0)  # the first side is what the others come to
        picture = steps.step(model.faces, done, new, numbers, model.eye, flip=each.get("flip", False))
        yield {
            "picture": _jpeg(picture), "text": told["texts"][each["text"]],
            "hardware": [(code, count, told["hardware"][code]) for code, count in each.get("hardware", {}).items()],
        }  # fmt: skip
        done += names


def part_names(handle: str) -> set[str]:
    """The parts that the model of a product has."""
    faces: Sequence[Face] = _model(files.product(handle)).faces
    return {face.part for face in faces}


def _jpeg(picture: Image.Image) -> str:
    file = BytesIO()
    picture.save(file, "JPEG", quality=80, optimize=True)
    return "data:image/jpeg;base64," + b64encode(file.getvalue()).decode()


def main(arguments: list[str]) -> None:
    """Make all manuals, or those named, into a folder."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for handle in arguments[1:] or files.read("assembly.json")["products"]:
        content = manual(handle)
        (folder / f"{handle}.pdf").write_bytes(content)
        sys.stdout.write(f"{len(content):>7,} {handle}.pdf\n")


if __name__ == "__main__":
    main(sys.argv[1:])
