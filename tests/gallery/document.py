"""docs/gallery.md: each picture with its sentence, in sections."""

from pathlib import Path

from tests.gallery.camera import FOLDER, ROOT
from tests.gallery.captions import NAMES, SECTIONS, Caption, Section

DOCUMENT = ROOT / "docs" / "gallery.md"
MOST_TOGETHER = 3 * 1024 * 1024
NOTICE = "<!-- Made by bin/screenshots, with the pictures; the words are in tests/gallery/captions.py. -->"
HEAD = """# Gallery

The demo shop page by page, as `bin/demo` shows it; all pictures were taken by `bin/screenshots`.
"""
ABREAST = 3


def text() -> str:
    """The page of all pictures."""
    return "\n".join([NOTICE, "", HEAD, *map(_section, SECTIONS)]).rstrip() + "\n"


def faults() -> list[str]:
    """What is wrong with the gallery as it lies there."""
    lying = {path.stem for path in FOLDER.glob("*.webp")}
    found = [f"{name}: no picture" for name in NAMES if name not in lying]
    found += [f"{name}: no caption" for name in sorted(lying - set(NAMES))]
    weight = sum(path.stat().st_size for path in FOLDER.glob("*.webp"))
    if weight > MOST_TOGETHER:
        found.append(f"the pictures weigh {weight // 1024} KB together; {MOST_TOGETHER // 1024} at most")
    return found


def _section(section: Section) -> str:
    lines = [f"## {section.title}", ""]
    if section.beside:
        return "\n".join([*lines, *_table(section.captions), ""])
    for each in section.captions:
        lines += [f"**{each.title}.** {each.sentence}", "", f"![{each.title}]({_path(each)})", ""]
    return "\n".join(lines)


def _table(captions: tuple[Caption, ...]) -> list[str]:
    lines = []
    for start in range(0, len(captions), ABREAST):
        row = captions[start : start + ABREAST]
        head = "| " + " | ".join(each.sentence for each in row) + " |"
        pictures = "| " + " | ".join(f"![{each.title}]({_path(each)})" for each in row) + " |"
        lines += [head, "|" + "---|" * len(row), pictures, ""]
    return lines[:-1]


def _path(caption: Caption) -> Path:
    return Path("gallery") / f"{caption.name}.webp"
