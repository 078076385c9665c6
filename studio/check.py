"""By hand: do the models have their true measures, do the pictures and files keep their sizes, is anything missing?

python -m studio.check [--models]
"""

import sys
from pathlib import Path

import bpy

from studio import render, scene, shape

TOLERANCE = 0.004  # metres
PICTURE_LIMIT, MODEL_LIMIT, ALL_LIMIT = 100_000, 400_000, 25_000_000


def measured(handle: str) -> list[str]:
    """Where a model differs from what the shop says; folded cloth is sold by the measures of the cloth laid out."""
    if getattr(render.model(handle), "FOLDED", False):
        return []
    wrong = []
    for variant in render.variants(handle):
        scene.empty_set(64, 1)
        low, high = shape.bounds(render.built(handle, variant["options"]))
        said = [n / 1000 for n in variant["dimensions_mm"]]
        is_so = [round(v, 4) for v in (high - low)]
        if any(abs(a - b) > TOLERANCE for a, b in zip(is_so, said, strict=True)):
            wrong.append(f"{handle} {variant['options']}: {is_so} instead of {said}")
        if getattr(render.model(handle), "MOUNT", "floor") == "floor" and abs(low.z) > 0.001:
            wrong.append(f"{handle} {variant['options']}: stands at z = {low.z:.4f}")
    return wrong


def pictures() -> list[str]:
    """Missing or heavy pictures."""
    wrong = []
    for job in render.queue(render.handles()):
        path = render.PICTURES / f"{job.name}.avif"
        if not path.exists():
            wrong.append(f"missing: {path.name}")
        elif path.stat().st_size > PICTURE_LIMIT:
            wrong.append(f"heavy: {path.name} {path.stat().st_size}")
    return wrong


def files() -> list[str]:
    """Missing or heavy 3-D files, and the weight of everything."""
    wrong, folder = [], render.SHOP / "models"
    for handle in render.handles():
        for ending in ("glb", "usdz"):
            path = folder / f"{handle}.{ending}"
            if not path.exists():
                wrong.append(f"missing: {path.name}")
            elif path.stat().st_size > MODEL_LIMIT * (1 if ending == "glb" else 3):
                wrong.append(f"heavy: {path.name} {path.stat().st_size}")
    everything = [*render.PICTURES.glob("*.avif"), *folder.glob("*")]
    weight = sum(Path(p).stat().st_size for p in everything)
    print(f"{len(everything)} files, {weight / 1e6:.1f} MB")
    return [*wrong, *([f"all together weigh {weight}"] if weight > ALL_LIMIT else [])]


def main() -> int:
    """Say what is wrong."""
    names = [a for a in sys.argv[1:] if not a.startswith("-")] or render.handles()
    wrong = [line for handle in names for line in measured(handle)]
    if "--models" not in sys.argv:
        wrong += pictures() + files()
    print("\n".join(wrong) or "All is well.")
    return bool(wrong)


if __name__ == "__main__":
    assert bpy.app.version >= (4, 5)
    raise SystemExit(main())
