"""The queue: pictures that are missing or older than their model, one after another.

python -m studio.render [HANDLE…] [--views angle,room] [--size 320 --samples 8 --out drafts]
"""

import argparse
import ast
import hashlib
import importlib
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import bpy
from PIL import Image

from studio import room, scene, shape

HERE = Path(__file__).parent
SHOP = HERE.parent / "src" / "nitka" / "seeds" / "shop"
PICTURES = SHOP / "pictures"
COLOURS = ("wood", "fabric", "glaze", "colour", "pack")
SAMPLES = 32
ORDER = ("room", "detail", "angle", "front")


@dataclass(frozen=True)
class Job:
    """One picture to take."""

    handle: str
    view: str
    options: tuple[tuple[str, str], ...]
    value: str

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return "-".join(part for part in (self.handle, self.view, self.value) if part)


def variants(handle: str) -> list[dict]:
    """The product's variants as the shop has them (or its model, before the shop knows of it)."""
    path = SHOP / "products" / f"{handle}.json"
    if not path.exists():
        return model(handle).VARIANTS
    return json.loads(path.read_text(encoding="utf-8"))["variants"]


def model(handle: str):
    """The product's model module."""
    return importlib.import_module(f"studio.models.{handle}")


def handles() -> list[str]:
    """Every product that has a model."""
    return sorted(p.stem for p in (HERE / "models").glob("*.py") if p.stem != "__init__")


def jobs_of(handle: str, views: tuple[str, ...] = ORDER) -> list[Job]:
    """The pictures of a product: an angle per colour; front, detail and room of its main colour."""
    known = variants(handle)
    option = next((o for o in COLOURS if o in known[0]["options"]), "")
    main = getattr(model(handle), "MAIN", {}) or known[0]["options"]
    values = dict.fromkeys(v["options"].get(option, "") for v in known)
    found = []
    for view in views:
        for value in values if view == "angle" else [main.get(option, "")]:
            options = {**main, **({option: value} if option else {})}
            found.append(Job(handle, view, tuple(sorted(options.items())), value))
    return found


def queue(names: list[str], views: tuple[str, ...] = ORDER) -> list[Job]:
    """All pictures in the order in which they are wanted."""
    return [job for view in views for name in names for job in jobs_of(name, (view,))]


def built(handle: str, options: dict[str, str]) -> list[bpy.types.Object]:
    """The product's objects in the current scene."""
    shape.restart()
    things = model(handle).build(dict(options))
    bpy.context.view_layer.update()
    return things


def digest(job: Job, samples: int) -> str:
    """What the picture depends on (not the set: whoever moves its lamps asks for `--again`)."""
    source = (HERE / "models" / f"{job.handle}.py").read_text(encoding="utf-8")
    told = f"{job} {samples} {ast.dump(ast.parse(source))}"  # the same however it is formatted
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def take(job: Job, size: int, samples: int, threads: int, to: Path) -> list[float]:
    """Build, light, look and write one picture; the outline of the goods in it."""
    scene.empty_set(size, samples, threads)
    module = model(job.handle)
    things = built(job.handle, dict(job.options))
    outline: list[float] = []
    if job.view == "room":
        room.furnished(things, job.handle, built)
    else:
        scene.stage(things, getattr(module, "MOUNT", "floor"))
        if job.view == "front" and getattr(module, "MOUNT", "floor") == "floor":
            scene.foreground(things)
        if job.view == "detail":
            hint = {"width": 0.3, "from": scene.VIEWS["detail"].direction, **module.DETAIL}
            scene.closeup(hint["look"], hint["from"], hint["width"])
        else:
            view = getattr(module, "VIEWS", {}).get(job.view, scene.VIEWS[job.view])
            eye = scene.framed(things, view)
            outline = [round(share, 4) for share in scene.seen(things, eye)]
    with tempfile.TemporaryDirectory() as folder:
        bpy.context.scene.render.filepath = f"{folder}/picture.png"
        bpy.ops.render.render(write_still=True)
        write(Path(folder) / "picture.png", to)
    return outline


def write(png: Path, to: Path) -> None:
    """The picture as AVIF (or what the ending says) under its budget of 100 KB."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(png) as opened:
        picture = opened.convert("RGB")
    for quality in (88, 82, 76, 68, 58, 48) if to.suffix == ".avif" else (90,):
        picture.save(to, quality=quality, **({"speed": 4} if to.suffix == ".avif" else {}))
        if to.stat().st_size <= 75_000:
            return


def remembered(path: Path) -> dict:
    """A small JSON file, or nothing yet."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def keep(path: Path, key: str, value) -> None:
    """Put one value into a small JSON file."""
    known = remembered(path) | {key: value}
    path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> int:
    """Render what is missing."""
    ask = argparse.ArgumentParser(prog="studio.render")
    ask.add_argument("handles", nargs="*")
    ask.add_argument("--views", default=",".join(ORDER))
    ask.add_argument("--only", default="", help="only this colour value")
    ask.add_argument("--size", type=int, default=1024)
    ask.add_argument("--samples", type=int, default=SAMPLES)
    ask.add_argument("--threads", type=int, default=1)
    ask.add_argument("--out", type=Path, help="a folder for drafts (PNG); nothing is remembered")
    ask.add_argument(
        "--batch", type=int, default=0, help="stop after so many pictures; the exit code 3 says: none left"
    )
    ask.add_argument("--again", action="store_true", help="also what is up to date")
    told = ask.parse_args()
    wanted = queue(told.handles or handles(), tuple(told.views.split(",")))
    wanted = [job for job in wanted if not told.only or job.value == told.only]
    taken = 0
    for n, job in enumerate(wanted, 1):
        draft = told.out / f"{job.name}.png" if told.out else None
        seen = remembered(HERE / "digests.json").get(job.name)
        if (
            not draft
            and not told.again
            and seen == digest(job, told.samples)
            and (PICTURES / f"{job.name}.avif").exists()
        ):
            continue
        began = time.monotonic()
        try:
            outline = take(job, told.size, told.samples, told.threads, draft or PICTURES / f"{job.name}.avif")
        except Exception as problem:  # one broken model must not stop the night's queue
            print(f"{n}/{len(wanted)} {job.name}: {type(problem).__name__}: {problem}", file=sys.stderr, flush=True)
            if draft:
                raise
            continue
        if not draft:
            keep(HERE / "digests.json", job.name, digest(job, told.samples))
            if job.view == "front" and not getattr(model(job.handle), "FOLDED", False):
                keep(PICTURES / "outlines.json", f"{job.name}.avif", outline)
        print(f"{n}/{len(wanted)} {job.name} {time.monotonic() - began:.0f} s", flush=True)
        taken += 1
        if taken == told.batch:
            return 0
    return 3 if told.batch else 0


if __name__ == "__main__":
    raise SystemExit(main())
