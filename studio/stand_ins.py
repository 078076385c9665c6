"""What the materials become in a file for phones: plain surfaces with one small picture each.

A material carries its recipe in `material["gltf"]`: colour, roughness, metallic and the kind of texture. The textures
are drawn here, tile without a seam and stand for so many metres of the goods; the UV layer is scaled to them.
"""

from collections.abc import Iterable
from pathlib import Path

import bpy
import numpy as np
from PIL import Image

from studio.layout import LAYER, dress_all
from studio.materials import WOODS
from studio.shading import linear

SPANS = {"wood": (1.0, 0.25), "cloth": (0.05, 0.05), "glaze": (0.14, 0.14)}  # metres of goods on one tile


def for_export(objects: Iterable[bpy.types.Object], folder: Path) -> None:
    """Put plain materials on the objects; the textures are written into the folder as JPEG."""
    things = [thing for thing in objects if thing.type == "MESH"]
    dress_all(things)
    made: dict[str, bpy.types.Material] = {}
    scaled: set[str] = set()
    for thing in things:
        for slot in thing.material_slots:
            recipe = slot.material.get("gltf") if slot.material else None
            if recipe is None:
                continue
            name = slot.material.name
            if thing.data.name not in scaled:
                _fit(thing.data, recipe)
                scaled.add(thing.data.name)
            if name not in made:
                made[name] = plain(name, recipe.to_dict(), Path(folder))
            slot.material = made[name]


def plain(name: str, recipe: dict, folder: Path) -> bpy.types.Material:
    """A Principled surface of a colour or a picture."""
    material = bpy.data.materials.new(f"{name[:44]}-plain")
    material.use_nodes = True
    nodes, links = material.node_tree.nodes, material.node_tree.links
    shader = nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = linear(recipe["colour"])
    shader.inputs["Roughness"].default_value = recipe["roughness"]
    shader.inputs["Metallic"].default_value = recipe["metallic"]
    if recipe.get("glows"):
        shader.inputs["Emission Color"].default_value = linear(recipe["colour"])
        shader.inputs["Emission Strength"].default_value = recipe["glows"]
    if recipe.get("texture"):
        path = folder / f"{name[:40].replace(' ', '_')}.jpg"
        Image.fromarray(drawn(recipe)).save(path, quality=78, optimize=True)
        picture = nodes.new("ShaderNodeTexImage")
        picture.image = bpy.data.images.load(str(path))
        spread = nodes.new("ShaderNodeUVMap")
        spread.uv_map = LAYER
        links.new(spread.outputs["UV"], picture.inputs["Vector"])
        links.new(picture.outputs["Color"], shader.inputs["Base Color"])
    return material


def _fit(mesh: bpy.types.Mesh, recipe) -> None:
    """Scale the UV layer from metres to tiles; banded cloth takes its v from the attribute `along`."""
    kind = recipe["texture"].split("-")[0]
    if kind not in SPANS:
        return
    layer = mesh.uv_layers[LAYER]
    flat = np.empty(len(mesh.loops) * 2, dtype=np.float32)
    layer.data.foreach_get("uv", flat)
    flat = flat.reshape(-1, 2) / np.array(SPANS[kind], dtype=np.float32)
    if "bands" in recipe and "along" in mesh.attributes:
        corners = np.empty(len(mesh.loops), dtype=np.int64)
        mesh.loops.foreach_get("vertex_index", corners)
        along = np.empty(len(mesh.vertices), dtype=np.float32)
        mesh.attributes["along"].data.foreach_get("value", along)
        flat[:, 1] = along[corners]
    flat -= np.floor(flat.min(axis=0)) if "bands" not in recipe else 0
    layer.data.foreach_set("uv", flat.ravel())


def _clouds(shape: tuple[int, int], along: float, across: float, seed: int) -> np.ndarray:
    """Noise that tiles, with features so many pixels long (x) and wide (y); mean 0, spread 1."""
    noise = np.fft.fft2(np.random.default_rng(seed).standard_normal(shape))
    fy, fx = np.meshgrid(np.fft.fftfreq(shape[0]), np.fft.fftfreq(shape[1]), indexing="ij")
    smooth = np.real(np.fft.ifft2(noise * np.exp(-2 * np.pi**2 * ((fx * along / 2.5) ** 2 + (fy * across / 2.5) ** 2))))
    return (smooth - smooth.mean()) / smooth.std()


def _rgb(text: str) -> np.ndarray:
    return np.array([int(text[n : n + 2], 16) for n in (1, 3, 5)], dtype=np.float64)


def drawn(recipe: dict) -> np.ndarray:
    """The texture's pixels."""
    kind, name = recipe["texture"].split("-", 1)
    if "bands" in recipe:
        picture = _banded(recipe)
    elif kind == "wood":
        picture = _wood(name)
    elif kind == "glaze":
        picture = _glaze(_rgb(recipe["colour"]))
    else:
        picture = _rgb(recipe["colour"]) * _weave((256, 256), 40)[..., None]
    return np.clip(picture, 0, 255).astype(np.uint8)


def _wood(name: str) -> np.ndarray:
    """Rings and fibres along x; one metre by a quarter."""
    early, late, apart, _ = WOODS[name]
    shape = (256, 512)
    y = np.arange(shape[0])[:, None] / shape[0]
    rings = max(8, round(SPANS["wood"][1] / apart * 0.5))
    turn = (y * rings + 1.6 * _clouds(shape, 170, 90, 1) + 0.12 * _clouds(shape, 40, 6, 2)) % 1
    share = np.clip((turn - 0.25) / 0.6, 0, 1) ** 2 * (turn < 0.93) * (0.35 + 0.15 * _clouds(shape, 300, 40, 3))
    share += 0.16 * _clouds(shape, 60, 2.2, 4) + 0.10 * _clouds(shape, 200, 9, 5) + 0.1
    share = np.clip(share, -0.3, 1.3)[..., None]
    return _rgb(early) * (1 - share) + _rgb(late) * share


def _weave(shape: tuple[int, int], threads: int) -> np.ndarray:
    """Lightness of plain-woven cloth, about 1."""
    y, x = np.meshgrid(np.arange(shape[0]) / shape[0], np.arange(shape[1]) / shape[1], indexing="ij")
    a, b = np.sin(np.pi * threads * x), np.sin(np.pi * threads * y)
    height = np.maximum(np.abs(a) * (0.6 + 0.4 * a * b), np.abs(b) * (0.6 - 0.4 * a * b))
    slub = 0.03 * _clouds(shape, 70, 4, 1) + 0.03 * _clouds(shape, 4, 70, 2)
    return 0.84 + 0.20 * height + slub


def _banded(recipe: dict) -> np.ndarray:
    """Bands across, over the whole length of the cloth."""
    shape = (1024, 128)
    along = 1 - (np.arange(shape[0]) + 0.5) / shape[0]  # pictures begin at the top, v at the bottom
    inside = np.zeros(shape[0], dtype=bool)
    for band in recipe["bands"].split():
        low, high = (float(part) for part in band.split("-"))
        inside |= (along > low) & (along < high)
    colour = np.where(inside[:, None, None], _rgb(recipe["other"]), _rgb(recipe["colour"]))
    rib = np.sin(np.arange(shape[1]) * np.pi / 4)[None, :] * 0.04
    return colour * (0.95 + rib + 0.03 * _clouds(shape, 50, 2, 1))[..., None]


def _glaze(base: np.ndarray) -> np.ndarray:
    """Soft clouds and iron specks."""
    shape = (256, 256)
    picture = base * (1 + 0.035 * _clouds(shape, 60, 60, 1))[..., None]
    specks = np.clip(_clouds(shape, 4, 4, 2) - 2.6, 0, 0.5)[..., None] * 1.7
    return picture * (1 - specks) + np.array([74, 53, 36]) * specks
