"""What a product's model says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from nitka.seeds.drawing.finishes import FINISHES, Finish
from nitka.seeds.drawing.space import FRONT, POSTER, SIDE, Eye, Face, fitted


@dataclass(frozen=True)
class Order:
    """What is asked for: measures in millimetres (width, depth, height) and the chosen options."""

    width: float
    depth: float
    height: float
    options: Mapping[str, str] = field(default_factory=dict)

    def finish(self, *codes: str, default: str = "oak") -> Finish:
        """The finish of the first of these options that was chosen."""
        for code in codes:
            if code in self.options:
                return FINISHES[self.options[code]]
        return FINISHES[default]


@dataclass(frozen=True)
class Model:
    """`eye` sees it in the steps of its assembly, `views` with measure lines; there `measured` replaces its faces."""

    faces: list[Face]
    eye: Eye = POSTER
    views: tuple[Eye, ...] = (FRONT, SIDE)
    measured: list[Face] | None = None


Build = Callable[[Order], Model]
MODELS: dict[str, Build] = {}


def model(handle: str) -> Callable[[Build], Build]:
    """Register the model of a product."""

    def keep(build: Build) -> Build:
        MODELS[handle] = build
        return build

    return keep


def build(handle: str, order: Order) -> Model:
    """The model of a product in the measures asked for; what is drawn with measure lines fills them exactly."""
    made = MODELS[handle](order)
    measures = (order.width, order.depth, order.height)
    if made.measured is None:
        return replace(made, faces=fitted(made.faces, measures))
    return made
