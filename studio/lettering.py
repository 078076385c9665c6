"""Words printed on labels: letters as thin meshes, flat or round a bottle."""

import math

import bpy
from mathutils import Matrix

from studio.parts import Material, Object
from studio.shape import Point


def words(
    text: str, size: float, material: Material, *, at: Point = (0, 0, 0), spacing: float = 1.0, around: float = 0.0
) -> Object:
    """A line of text, centred, upright, facing −y; `around` bends it onto a bottle of that radius."""
    letters = bpy.data.curves.new("words", "FONT")
    letters.body, letters.size, letters.align_x, letters.align_y = text, size, "CENTER", "CENTER"
    letters.space_character, letters.resolution_u = spacing, 5
    source = bpy.data.objects.new("words", letters)
    data = bpy.data.meshes.new_from_object(source)
    bpy.data.objects.remove(source)
    bpy.data.curves.remove(letters)
    data.transform(Matrix.Rotation(math.pi / 2, 4, "X"))
    for v in data.vertices:
        if around:
            a = v.co.x / around
            v.co = (around * math.sin(a), -around * math.cos(a), v.co.z)
    data.materials.clear()
    data.materials.append(material)
    thing = bpy.data.objects.new("words", data)
    bpy.context.scene.collection.objects.link(thing)
    thing.matrix_world = Matrix.Translation(at)
    return thing
