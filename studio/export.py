"""Files for 3-D and AR: one .glb (metric, y up, nothing that needs a decoder) and one .usdz per product.

python -m studio.export [HANDLE…]
"""

import contextlib
import io
import sys
import tempfile
from pathlib import Path

import bpy

from studio import render, scene, shape, stand_ins

LIMIT = 400_000  # bytes of a .glb
FINENESS = (0.55, 0.42, 0.32, 0.24, 0.18)


def prepared(handle: str, fineness: float, folder: Path) -> list[bpy.types.Object]:
    """The product in its main colour, coarser, in plain materials, one object per material."""
    scene.empty_set(64, 1)
    shape.Quality.factor = fineness
    try:
        main = getattr(render.model(handle), "MAIN", {}) or render.variants(handle)[0]["options"]
        things = [o for o in render.built(handle, main) if not o.get("framed")]
    finally:
        shape.Quality.factor = 1.0
    stand_ins.for_export(things, folder)
    for thing in bpy.data.objects:
        thing.select_set(False)
    kept = {thing.name for thing in things}
    for thing in list(bpy.data.objects):
        if thing.name not in kept:
            bpy.data.objects.remove(thing)
    return joined(things)


def joined(things: list[bpy.types.Object]) -> list[bpy.types.Object]:
    """One object per material; what the viewers do not read is taken off."""
    groups: dict[str, list[bpy.types.Object]] = {}
    for thing in things:
        thing.data.materials.update()
        groups.setdefault(thing.data.materials[0].name if thing.data.materials else "", []).append(thing)
    whole = []
    for group in groups.values():
        first = group[0]
        if len(group) > 1:
            with bpy.context.temp_override(active_object=first, object=first, selected_editable_objects=group,
                                           selected_objects=group):  # fmt: skip
                bpy.ops.object.join()
        for name in ("grain", "tone", "along", "thin"):
            if name in first.data.attributes:
                first.data.attributes.remove(first.data.attributes[name])
        first.select_set(True)
        whole.append(first)
    return whole


def glb(handle: str, to: Path) -> float:
    """Write the .glb as fine as its budget allows; the fineness that fitted."""
    for fineness in FINENESS:
        with tempfile.TemporaryDirectory() as folder:
            prepared(handle, fineness, Path(folder))
            bpy.ops.export_scene.gltf(
                filepath=str(to), export_format="GLB", export_yup=True, export_apply=True, export_tangents=False,
                export_attributes=False, export_extras=False, export_animations=False, export_cameras=False,
                export_lights=False, export_image_format="AUTO", export_materials="EXPORT",
                export_draco_mesh_compression_enable=False, export_vertex_color="NONE",
            )  # fmt: skip
        if to.stat().st_size <= LIMIT:
            break
    return fineness


def usdz(handle: str, to: Path, fineness: float) -> None:
    """Write the .usdz: USD's own zip of a .usdc and its textures, in metres, y up."""
    with tempfile.TemporaryDirectory() as folder:
        prepared(handle, fineness, Path(folder))
        bpy.ops.wm.usd_export(
            filepath=str(to), export_animation=False, export_hair=False, export_uvmaps=True, export_normals=True,
            rename_uvmaps=True, export_materials=True, generate_preview_surface=True, generate_materialx_network=False,
            export_textures_mode="NEW", overwrite_textures=True, relative_paths=True, export_lights=False,
            export_cameras=False, convert_world_material=False, convert_orientation=True,
            export_global_forward_selection="NEGATIVE_Z", export_global_up_selection="Y", root_prim_path="/goods",
            convert_scene_units="METERS", merge_parent_xform=True,
        )  # fmt: skip


def main() -> int:
    """Write what is asked for, or everything."""
    folder = render.SHOP / "models"
    folder.mkdir(exist_ok=True)
    for handle in sys.argv[1:] or render.handles():
        with contextlib.redirect_stdout(io.StringIO()):
            fineness = glb(handle, folder / f"{handle}.glb")
            usdz(handle, folder / f"{handle}.usdz", fineness)
        sizes = [(folder / f"{handle}.{ending}").stat().st_size // 1000 for ending in ("glb", "usdz")]
        print(f"{handle}: .glb {sizes[0]} KB, .usdz {sizes[1]} KB, fineness {fineness}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
