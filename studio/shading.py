"""Shader nodes written as sums: `mix`, `noise`, `ramp` return sockets that are passed on."""

import bpy

Colour = tuple[float, float, float]


def linear(text: str, by: float = 1.0) -> tuple[float, float, float, float]:
    """A hex colour as the renderer wants it: linear light, with alpha; `by` makes it lighter or darker."""
    parts = [int(text[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    light = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return (*(min(1.0, p * by) for p in light), 1.0)


class Shader:
    """One material's tree."""

    def __init__(self, name: str):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.tree.nodes.clear()
        self.out = self.tree.nodes.new("ShaderNodeOutputMaterial")

    def node(self, kind: str, **inputs):
        """A node with its inputs set: numbers and colours as values, sockets as links."""
        made = self.tree.nodes.new(f"ShaderNode{kind}")
        for name, value in inputs.items():
            self.put(made.inputs[name.replace("_", " ")], value)
        return made

    def put(self, socket, value) -> None:
        if isinstance(value, bpy.types.NodeSocket):
            self.tree.links.new(value, socket)
        else:
            socket.default_value = value

    def attribute(self, name: str, of: str = "GEOMETRY"):
        made = self.tree.nodes.new("ShaderNodeAttribute")
        made.attribute_name, made.attribute_type = name, of
        return made

    def uv(self):
        made = self.tree.nodes.new("ShaderNodeUVMap")
        made.uv_map = "metres"
        return made.outputs["UV"]

    def apart(self, vector):
        made = self.node("SeparateXYZ", Vector=vector)
        return made.outputs[0], made.outputs[1], made.outputs[2]

    def math(self, how: str, a, b=0.0, c=0.0):
        made = self.tree.nodes.new("ShaderNodeMath")
        made.operation = how
        for socket, value in zip(made.inputs, (a, b, c), strict=True):
            self.put(socket, value)
        return made.outputs[0]

    def scaled(self, vector, by: tuple[float, float, float], shift: tuple[float, float, float] = (0, 0, 0)):
        made = self.node("Mapping", Vector=vector, Scale=by, Location=shift)
        return made.outputs[0]

    def noise(self, vector, scale: float = 1.0, detail: float = 2.0, rough: float = 0.5, distortion: float = 0.0):
        made = self.node("TexNoise", Vector=vector, Scale=scale, Detail=detail, Roughness=rough, Distortion=distortion)
        return made.outputs[0]

    def spots(self, vector, scale: float):
        """Distance to the nearest of scattered points, and a chance value of its own for each."""
        made = self.node("TexVoronoi", Vector=vector, Scale=scale)
        return made.outputs["Distance"], made.outputs["Color"]

    def between(self, value, low: float, high: float, to_low: float = 0.0, to_high: float = 1.0):
        """A smooth step."""
        made = self.tree.nodes.new("ShaderNodeMapRange")
        made.interpolation_type = "SMOOTHSTEP"
        for name, put in zip(
            ("Value", "From Min", "From Max", "To Min", "To Max"), (value, low, high, to_low, to_high), strict=True
        ):
            self.put(made.inputs[name], put)
        return made.outputs[0]

    def mix(self, share, a, b, how: str = "MIX"):
        made = self.tree.nodes.new("ShaderNodeMix")
        made.data_type, made.blend_type = "RGBA", how
        self.put(made.inputs[0], share)
        self.put(made.inputs[6], a)
        self.put(made.inputs[7], b)
        return made.outputs[2]

    def value(self, colour, value, saturation=1.0):
        """The colour, lighter or darker by a factor that may be a socket."""
        return self.node("HueSaturation", Color=colour, Value=value, Saturation=saturation).outputs[0]

    def bump(self, height, strength: float, distance: float, normal=None):
        made = self.node("Bump", Height=height, Strength=strength, Distance=distance)
        if normal is not None:
            self.put(made.inputs["Normal"], normal)
        return made.outputs[0]

    def surface(self, **inputs):
        """The usual surface; returns its node."""
        made = self.node("BsdfPrincipled", **inputs)
        self.tree.links.new(made.outputs[0], self.out.inputs[0])
        return made

    def show(self, shader) -> None:
        self.tree.links.new(shader, self.out.inputs[0])
