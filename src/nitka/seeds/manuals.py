"""Care manuals as PDF, made from the products' own data: what it is, its measures, how to look after it."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from PIL import Image

from nitka.ground.locale import LANGUAGES, format_number, weight
from nitka.ground.web.papers import draw
from nitka.seeds import files, gallery


def care_manual(product: Mapping[str, Any], language: str = "") -> bytes:
    """The manual of a product in one language, or in all of the shop, one after the other. The same bytes each time."""
    html = _template().render(
        name=product["title"][language] if language else product["name"],
        portrait=_picture(product, measures=False),
        measures=_picture(product, measures=True),
        pages=[page(product, each) for each in ([language] if language else LANGUAGES)],
    )
    return draw(html, pdf_identifier=product["handle"].encode())


def page(product: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What one language's page says."""
    care = files.read("care.json")
    steps = care["guides"][product["attributes"]["care"]]
    assembly = care["assembly"]["legs"] if product["attributes"].get("assembly") else [care["assembly"]["none"]]
    return {
        "language": language,
        "title": product["title"][language],
        "words": {code: texts[language] for code, texts in care["words"].items()},
        "care": [step[language] for step in steps],
        "assembly": [step[language] for step in assembly],
        "measures": _measures(product, language),
        "facts": list(_facts(product, care["words"], language)),
    }


def _measures(product: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """One line for each size: colours and woods measure the same."""
    rows: dict[tuple[Any, ...], tuple[str, str]] = {}
    for variant in product["variants"]:
        sizes = [
            files.options()[code]["values"][value]["name"][language]
            for code, value in variant["options"].items()
            if code in ("height", "length", "size", "pack")
        ]
        width, depth, height = variant["dimensions_mm"]
        name = ", ".join(sizes) or product["title"][language]
        text = f"{width} × {depth} × {height} mm · {weight(variant['weight_g'], 'metric', language)}"
        rows.setdefault((name, width, depth, height), (name, text))
    return list(rows.values())


def _facts(product: Mapping[str, Any], words: Mapping[str, Any], language: str) -> Sequence[tuple[str, str]]:
    found = []
    for code, value in product["attributes"].items():
        if code != "care":
            attribute = files.attributes()[code]
            found.append((attribute["name"][language], _value(attribute, value, words, language)))
    return found


def _value(attribute: Mapping[str, Any], value: Any, words: Mapping[str, Any], language: str) -> str:
    if attribute["kind"] == "choice":
        chosen = [value] if isinstance(value, str) else value
        return ", ".join(attribute["choices"][code][language] for code in chosen)
    if attribute["kind"] == "boolean":
        return str(words["yes" if value else "no"][language])
    if attribute["kind"] == "number":
        return f"{format_number(value, language)} {attribute.get('unit', '')}".strip()
    return str(value)


def _picture(product: Mapping[str, Any], *, measures: bool) -> str:
    drawn = files.MEASURES / f"{product['handle']}.webp"
    source = Image.open(drawn if measures else gallery.portrait(product))
    picture = source.convert("RGB").resize((900, 900), Image.Resampling.LANCZOS)
    file = BytesIO()
    picture.save(file, "JPEG", quality=84)  # a WebP would lie in the PDF unpacked, ten times as large
    return "data:image/jpeg;base64," + b64encode(file.getvalue()).decode()


def _template() -> Any:
    folder = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=folder, autoescape=True, trim_blocks=True, lstrip_blocks=True).get_template("manual.html")


def path_of(handle: str) -> Path:
    """Where the manual of a product lies; making all of them took longer than loading the shop."""
    return files.SHOP / "manuals" / f"{handle}.pdf"


def make_all() -> None:
    """Make the manuals of all products anew, after pictures or words of theirs changed."""
    for product in files.products():
        path_of(product["handle"]).write_bytes(care_manual(product))
