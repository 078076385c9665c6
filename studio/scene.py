"""The photographer's set: a warm off-white cove, soft daylight and a camera per view."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import bpy
from mathutils import Vector

from studio.shape import bounds, points_of

Object = bpy.types.Object

WARM, DAY, COOL = (1.0, 0.965, 0.92), (1.0, 0.985, 0.965), (0.94, 0.97, 1.0)


@dataclass(frozen=True)
class View:
    """Where the camera stands, its lens (mm on a film of 36 mm), how much of the frame the goods fill."""

    direction: tuple[float, float, float]
    lens: float
    share: float


VIEWS = {
    "front": View((0, -1, 0.035), 200, 0.80),
    "angle": View((-0.62, -1, 0.36), 85, 0.78),
    "detail": View((-0.5, -1, 0.5), 85, 1.0),
}


def empty_set(size: int, samples: int, threads: int = 1) -> bpy.types.Scene:
    """A new scene with the renderer set up: few bounces, adaptive sampling, denoised by clean hints."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    render, cycles = scene.render, scene.cycles
    render.resolution_x = render.resolution_y = size
    render.threads_mode, render.threads = "FIXED", threads
    render.use_persistent_data = True
    render.image_settings.file_format = "PNG"
    cycles.device = "CPU"
    cycles.samples, cycles.use_adaptive_sampling = samples, True
    cycles.adaptive_threshold, cycles.adaptive_min_samples = 0.04, min(8, samples)
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.denoising_prefilter = "ACCURATE"
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 5, 3, 1
    cycles.transmission_bounces, cycles.transparent_max_bounces, cycles.volume_bounces = 4, 4, 0
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect, cycles.use_light_tree = 4, False
    scene.view_settings.view_transform, scene.view_settings.exposure = "Standard", -0.22
    scene.world = bpy.data.worlds.new("sky")
    scene.world.use_nodes = True
    return scene


def sky(colour: tuple[float, float, float], strength: float) -> None:
    """The even light from everywhere."""
    node = bpy.context.scene.world.node_tree.nodes["Background"]
    node.inputs["Color"].default_value = (*colour, 1)
    node.inputs["Strength"].default_value = strength


def lamp(
    name: str, place: Vector, aim: Vector, size: tuple[float, float], power: float, colour=DAY, spread: float = 180
) -> Object:
    """A soft box that looks at a point; its power is per square metre of subject distance, so any scale looks alike."""
    light = bpy.data.lights.new(name, "AREA")
    light.shape, light.size, light.size_y = "RECTANGLE", size[0], size[1]
    light.energy = power * (place - aim).length_squared
    light.color, light.spread = colour, math.radians(spread)
    thing = bpy.data.objects.new(name, light)
    bpy.context.scene.collection.objects.link(thing)
    thing.location = place
    thing.rotation_euler = (aim - place).to_track_quat("-Z", "Y").to_euler()
    thing.visible_camera = False
    return thing


def paper(name: str = "cove", colour=(0.89, 0.872, 0.838)) -> bpy.types.Material:
    """The painted cove: matt, warm off-white."""
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    shader = material.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = (*colour, 1)
    shader.inputs["Roughness"].default_value = 0.95
    shader.inputs["Specular IOR Level"].default_value = 0.1
    return material


def cove(scale: float, wall: float, floor: float = 0.0) -> Object:
    """A floor that bends up into a wall at y = `wall`."""
    far, bend = 14 * scale, 1.6 * scale
    line = [(-far, floor)] + [(wall - bend + bend * math.sin(a), floor + bend - bend * math.cos(a))
                              for a in (math.pi / 2 * k / 24 for k in range(25))] + [(wall, floor + far)]  # fmt: skip
    data = bpy.data.meshes.new("cove")
    points = [(x, y, z) for x in (-far, far) for y, z in line]
    n = len(line)
    data.from_pydata(points, [], [(k, k + 1, n + k + 1, n + k) for k in range(n - 1)])
    data.polygons.foreach_set("use_smooth", [True] * len(data.polygons))
    thing = bpy.data.objects.new("cove", data)
    data.materials.append(paper())
    bpy.context.scene.collection.objects.link(thing)
    return thing


def daylight(low: Vector, high: Vector) -> None:
    """A large window from the left, a bounce from the right, a rim from behind, a ceiling."""
    middle, scale = (low + high) / 2, max((high - low).length * 0.6, 0.02)
    at = lambda x, y, z: middle + Vector((x, y, z)) * scale  # noqa: E731 (a place on the set)
    lamp("key", at(-2.8, -1.5, 2.3), middle, (2.0 * scale, 2.0 * scale), 9.5, DAY)
    lamp("fill", at(3.2, -2.2, 1.2), middle, (3.5 * scale, 3.5 * scale), 0.9, WARM)
    lamp("rim", at(1.8, 2.2, 2.6), middle, (1.6 * scale, 1.2 * scale), 1.8, WARM)
    lamp("ceiling", at(0, 0.2, 4.2), middle, (5 * scale, 5 * scale), 1.0, DAY)
    lamp("wall", at(1.5, 1.6, 4.0), at(2.6, 4.6, 2.0), (5 * scale, 2 * scale), 10, DAY)
    sky((1.0, 0.985, 0.96), 0.30)


def foreground(objects: Sequence[Object]) -> None:
    """Light on the floor before the goods, which a level camera sees from very far."""
    low, high = bounds(objects)
    middle, scale = (low + high) / 2, max((high - low).length * 0.6, 0.02)
    for far in (-5.5, -10, -15):
        above, aim = middle + Vector((0, far, 4)) * scale, middle + Vector((0, far, 0)) * scale
        lamp("foreground", above, aim, (8 * scale, 4 * scale), 3.3, DAY, spread=110)


def stage(objects: Sequence[Object], mount: str = "floor") -> None:
    """The cove and its light round the goods; mount = floor, wall (they hang on it) or ceiling (they hang free)."""
    low, high = bounds(objects)
    scale = max((high - low).length * 0.6, 0.02)
    if mount == "wall":
        cove(scale, high.y + 0.0005, low.z - 1.5 * scale - 1.6 * scale)
    elif mount == "ceiling":
        cove(scale, high.y + 4 * scale, low.z - 2.2 * scale)
    else:
        cove(scale, high.y + 4.5 * scale, 0.0)
    daylight(low, high)
    if mount == "wall":  # a wall takes less of the light from above than a floor
        middle = (low + high) / 2
        lamp("front", middle + Vector((-0.9, -3, 0.8)) * scale, middle, (3 * scale, 3 * scale), 3.6, DAY)


def camera(place: Vector, aim: Vector, lens: float) -> Object:
    """The camera of the scene, level, looking at a point."""
    scene = bpy.context.scene
    if scene.camera is None:
        scene.camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
        scene.collection.objects.link(scene.camera)
    thing = scene.camera
    thing.data.lens, thing.data.sensor_width = lens, 36
    thing.data.clip_start, thing.data.clip_end = 0.005, 400
    thing.data.shift_x = thing.data.shift_y = 0
    thing.location = place
    thing.rotation_euler = (aim - place).to_track_quat("-Z", "Y").to_euler()
    bpy.context.view_layer.update()
    return thing


def level_camera(place: Vector, aim: Vector, lens: float) -> Object:
    """A camera that looks level, so that what is upright stays so; its film is shifted towards the aim."""
    eye = camera(place, Vector((aim.x, aim.y, place.z)), lens)
    eye.data.shift_y = (aim.z - place.z) / (aim.xy - place.xy).length * lens / 36
    return eye


def framed(objects: Sequence[Object], view: View) -> Object:
    """A camera whose frame the goods fill as the view wishes, in the middle."""
    low, high = bounds(objects)
    middle, way = (low + high) / 2, Vector(view.direction).normalized()
    near, far = 0.01, 400.0
    for _ in range(24):
        distance = (near * far) ** 0.5
        left, top, right, bottom = seen(objects, camera(middle + way * distance, middle, view.lens), True)
        if max(right - left, bottom - top) > view.share or distance < (high - low).length * 0.6:
            near = distance
        else:
            far = distance
    left, top, right, bottom = seen(objects, camera(middle + way * far, middle, view.lens), True)
    eye = bpy.context.scene.camera
    eye.data.shift_x, eye.data.shift_y = (left + right) / 2 - 0.5, 0.5 - (top + bottom) / 2
    return eye


def seen(objects: Sequence[Object], eye: Object, whole: bool = False) -> tuple[float, float, float, float]:
    """The outline of the goods in the picture: left, top, right, bottom as shares of the frame.

    `whole` counts also what stands by them for the picture (its property `framed`).
    """
    inverse, reach = eye.matrix_world.inverted(), eye.data.lens / eye.data.sensor_width
    spots = []
    for thing in objects:
        if thing.get("framed", thing.get("measured", True)) if whole else thing.get("measured", True):
            points = points_of(thing)
            spots += [inverse @ p for p in points[:: max(1, len(points) // 4000)]]
    xs = [0.5 - eye.data.shift_x + reach * p.x / -p.z for p in spots]
    ys = [0.5 + eye.data.shift_y - reach * p.y / -p.z for p in spots]
    return min(xs), min(ys), max(xs), max(ys)


def closeup(look: Sequence[float], way: Sequence[float], width: float, lens: float = 85) -> Object:
    """A camera that sees `width` metres round a point."""
    aim, direction = Vector(look), Vector(way).normalized()
    eye = camera(aim + direction * width * lens / 36, aim, lens)
    eye.data.dof.use_dof = True
    eye.data.dof.focus_distance = width * lens / 36
    eye.data.dof.aperture_fstop = 5.6
    return eye
