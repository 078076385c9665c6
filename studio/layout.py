"""The UV layer `metres`: one unit is one metre of the goods, u runs along the grain.

Weaves and the textures of exported files use it.
"""

import bpy
import numpy as np

LAYER = "metres"


def dress_all(objects) -> None:
    """Lay out every mesh that has not been laid out by its maker."""
    for thing in objects:
        if thing.type == "MESH" and LAYER not in thing.data.uv_layers:
            lay_out(thing.data)


def lay_out(mesh: bpy.types.Mesh) -> None:
    """Box mapping in the space of the grain: each face drops the direction in which it is thinnest."""
    place = _grain(mesh)
    corners = np.empty(len(mesh.loops), dtype=np.int64)
    mesh.loops.foreach_get("vertex_index", corners)
    starts = np.empty(len(mesh.polygons), dtype=np.int64)
    counts = np.empty(len(mesh.polygons), dtype=np.int64)
    mesh.polygons.foreach_get("loop_start", starts)
    mesh.polygons.foreach_get("loop_total", counts)
    face = np.repeat(np.arange(len(counts)), counts)
    here = place[corners]
    after = np.arange(len(corners)) + 1
    after[starts + counts - 1] = starts
    across = np.cross(here, here[after])  # Newell: the sum over a face's corners is its normal
    normal = np.stack([np.bincount(face, across[:, n], len(counts)) for n in range(3)], axis=1)
    thin = np.abs(normal).argmax(axis=1)[face]
    pairs = np.array([(1, 2), (0, 2), (0, 1)])[thin]
    flat = np.take_along_axis(here, pairs, axis=1)
    layer = mesh.uv_layers.new(name=LAYER)
    layer.data.foreach_set("uv", flat.astype(np.float32).ravel())


def _grain(mesh: bpy.types.Mesh) -> np.ndarray:
    """Where each vertex lies in the wood; parts without an attribute are laid along their longest side."""
    layer = mesh.attributes.get("grain")
    place = np.empty(len(mesh.vertices) * 3, dtype=np.float32)
    if layer is not None:
        layer.data.foreach_get("vector", place)
        return place.reshape(-1, 3).astype(np.float64)
    mesh.vertices.foreach_get("co", place)
    place = place.reshape(-1, 3)
    order = np.argsort(-np.ptp(place, axis=0), kind="stable")
    place = place[:, order]
    made = mesh.attributes.new("grain", "FLOAT_VECTOR", "POINT")
    made.data.foreach_set("vector", place.ravel())
    return place.astype(np.float64)
