"""The pictures and models of a product, found by their names.

`<handle>-<view>[-<value>].avif` is a picture from the studio: of a view (angle, room, front, detail), and of one colour
or wood where the product has several. A view that is there for every colour belongs to each; one that is there for some
of them stands for all. On the front the page draws the measures itself, by its outline in `pictures/outlines.json`. A
film is `films/<handle>.mp4`.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from nitka.ground.locale import LANGUAGES
from nitka.seeds import files
from nitka.shelf.catalog.queries import MediaDraft

LOOKS = ("wood", "fabric", "glaze", "colour", "pack")  # options that change how a product looks
VIEWS = ("angle", "room", "front", "detail")
MODELS = ("glb", "usdz")

Chosen = Mapping[str, str]
Outline = tuple[float, float, float, float]


def media(
    product: Mapping[str, Any],
    pictures: Path = files.PICTURES,
    models: Path = files.MODELS,
    films: Path = files.FILMS,
) -> list[MediaDraft]:
    """Everything that shows this product: its looks first, then the room and the other views, then film and models."""
    looks = list(looks_of(product))
    found = _angles(product, looks, pictures)
    for view in VIEWS[1:]:
        found += _view(product, view, looks, pictures)
    found += [_moving(product, path, "video", "film") for path in _there(films, [f"{product['handle']}.mp4"])]
    found += [
        _moving(product, path, "model", "model")
        for path in _there(models, [f"{product['handle']}.{end}" for end in MODELS])
    ]
    return found


def portrait(product: Mapping[str, Any]) -> Path:
    """The picture that stands for the product."""
    found = media(product)[0].path
    assert found
    return found


def looks_of(product: Mapping[str, Any]) -> Iterator[Chosen]:
    """Each colour, wood or cloth that the product comes in, in the order of its variants; one empty choice if none."""
    code = next((code for code in product["options"] if code in LOOKS), None)
    if code is None:
        yield {}
        return
    for value in dict.fromkeys(variant["options"][code] for variant in product["variants"]):
        yield {code: value}


def _angles(product: Mapping[str, Any], looks: list[Chosen], folder: Path) -> list[MediaDraft]:
    """One picture for each look; a single one that serves for all of them is for the product as it is."""
    handle = product["handle"]
    found: dict[Path, Chosen] = {}
    for chosen in looks:
        value = next(iter(chosen.values()), "")
        for path in _there(folder, [*_names(handle, "angle", value), f"{handle}-angle.avif"])[:1]:
            found[path] = {} if path in found else chosen
    if found.keys() <= {folder / f"{handle}-angle.avif"}:
        return [_picture(product, path, {}, "angle") for path in found]
    return [_picture(product, path, chosen, "angle") for path, chosen in found.items()]


def _view(product: Mapping[str, Any], view: str, looks: list[Chosen], folder: Path) -> list[MediaDraft]:
    handle = product["handle"]
    pairs = [
        (chosen, path)
        for chosen in looks
        for path in _there(folder, _names(handle, view, next(iter(chosen.values()), "")))[:1]
    ]
    if not pairs and looks != [{}]:
        pairs = [({}, path) for path in _there(folder, _names(handle, view, ""))[:1]]
    own = len(pairs) == len(looks)
    return [_picture(product, path, chosen, view, shown_for=chosen if own else {}) for chosen, path in pairs]


def _names(handle: str, view: str, value: str) -> list[str]:
    if not value:
        return [f"{handle}-{view}.avif"]
    return [f"{handle}-{view}-{value}.avif", f"{handle}-{view}-{value.replace('_', '-')}.avif"]


def _picture(
    product: Mapping[str, Any], path: Path, chosen: Chosen, view: str, shown_for: Chosen | None = None
) -> MediaDraft:
    return MediaDraft(
        path=path, alt={language: _alt(product, chosen, view, language) for language in LANGUAGES},
        options=chosen if shown_for is None else shown_for, outline=outlines().get(path.name, ()),
    )  # fmt: skip


def _alt(product: Mapping[str, Any], chosen: Chosen, view: str, language: str) -> str:
    """Title, colour, and from where it is seen."""
    names = [files.options()[code]["values"][value]["name"][language] for code, value in chosen.items()]
    words = [files.views()[view][language]] if view in files.views() else []
    return ", ".join([product["title"][language], *(name[:1].lower() + name[1:] for name in names), *words])


def _moving(product: Mapping[str, Any], path: Path, kind: str, words: str) -> MediaDraft:
    """A film, or the model in three dimensions."""
    said = {language: _alt(product, {}, words, language) for language in LANGUAGES}
    return MediaDraft(path=path, kind=kind, alt=said, title=said)


def _there(folder: Path, names: list[str]) -> list[Path]:
    return [folder / name for name in names if (folder / name).is_file()]


@cache
def outlines() -> dict[str, Outline]:
    """Where the goods stand in a picture from the front: file name → left, top, right, bottom in parts of its sides."""
    path = files.PICTURES / "outlines.json"
    told = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {name: (left, top, right, bottom) for name, (left, top, right, bottom) in told.items()}
