"""A short film: a product turns once on the set. python -m studio.film HANDLE… [--size 480 --frames 40]"""

import argparse
import math
import tempfile
from pathlib import Path

import bpy
from mathutils import Vector

from studio import render, scene
from studio.shape import bounds

FILMS = render.SHOP / "films"
FRAMES_A_SECOND = 10


def turned(handle: str, size: int, samples: int, many: int, folder: Path) -> list[Path]:
    """One picture for each step of the turn; the frame holds the product from every side."""
    scene.empty_set(size, samples)
    module = render.model(handle)
    things = render.built(handle, dict(render.jobs_of(handle, ("angle",))[0].options))
    scene.stage(things, getattr(module, "MOUNT", "floor"))
    view = getattr(module, "VIEWS", {}).get("angle", scene.VIEWS["angle"])
    scene.framed(things, scene.View(view.direction, view.lens, view.share * 0.86))
    pivot = _pivot(things)
    frames = [folder / f"{n:03d}.png" for n in range(many)]
    for n, frame in enumerate(frames):
        pivot.rotation_euler.z = -2 * math.pi * n / many
        bpy.context.view_layer.update()
        bpy.context.scene.render.filepath = str(frame)
        bpy.ops.render.render(write_still=True)
    return frames


def _pivot(things: list[bpy.types.Object]) -> bpy.types.Object:
    """What turns, and the goods with it, round their middle."""
    low, high = bounds(things)
    middle = (low + high) / 2
    pivot = bpy.data.objects.new("pivot", None)
    bpy.context.scene.collection.objects.link(pivot)
    pivot.location = Vector((middle.x, middle.y, 0))
    bpy.context.view_layer.update()
    for thing in things:
        if thing.parent is None:
            thing.parent = pivot
            thing.matrix_parent_inverse = pivot.matrix_world.inverted()
    return pivot


def put_together(frames: list[Path], size: int, to: Path) -> None:
    """The pictures as one H.264 film, by Blender's own cutting table."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    table = bpy.context.scene
    table.sequence_editor_create()
    strip = table.sequence_editor.strips.new_image("turn", str(frames[0]), 1, 1)
    for frame in frames[1:]:
        strip.elements.append(frame.name)
    strip.frame_final_duration = table.frame_end = len(frames)
    table.frame_start, table.view_settings.view_transform = 1, "Standard"
    table.sequencer_colorspace_settings.name = "sRGB"
    out = table.render
    out.fps, out.resolution_x, out.resolution_y, out.resolution_percentage = FRAMES_A_SECOND, size, size, 100
    out.image_settings.file_format, out.use_sequencer, out.filepath = "FFMPEG", True, str(to)
    film = out.ffmpeg
    film.format, film.codec, film.audio_codec = "MPEG4", "H264", "NONE"
    film.constant_rate_factor, film.ffmpeg_preset, film.gopsize = "HIGH", "BEST", 15
    bpy.ops.render.render(animation=True)


def main() -> int:
    """Take the films that are asked for."""
    ask = argparse.ArgumentParser(prog="studio.film")
    ask.add_argument("handles", nargs="+")
    ask.add_argument("--size", type=int, default=480)
    ask.add_argument("--samples", type=int, default=8)
    ask.add_argument("--frames", type=int, default=40)
    ask.add_argument("--out", type=Path, default=FILMS)
    told = ask.parse_args()
    told.out.mkdir(parents=True, exist_ok=True)
    for handle in told.handles:
        with tempfile.TemporaryDirectory() as folder:
            frames = turned(handle, told.size, told.samples, told.frames, Path(folder))
            put_together(frames, told.size, told.out / f"{handle}.mp4")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
