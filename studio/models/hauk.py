"""Hauk: a low lounge chair of solid oak with broad arms and two loose wool cushions."""

from mathutils import Vector

from studio.materials import fabric, wood
from studio.parts import board, carried, curve, leg, prism, rod, tube
from studio.soft import cushion

DETAIL = {"look": (-0.24, -0.20, 0.50), "from": (-0.75, -0.9, 0.75), "width": 0.46}
MAIN = {"fabric": "moss"}
ARM = 0.525


def build(options):
    """A chair 720 wide, 780 deep, 760 high."""
    oak, cloth = wood("oak"), fabric(options.get("fabric", "moss"), "wool")
    things = []
    for side in (-1, 1):
        things += side_frame(side * 0.3235, side, oak)
    things += between(0.3235, oak)
    things += leaning_back(0.55, 4, oak)
    things += cushions(0.600, 1, cloth)
    return things


def side_frame(x, side, oak):
    """Two legs, a rail and the broad arm on top."""
    front = [(0, 0.0135), (0.18, 0.0155), (0.5, 0.0205), (0.8, 0.0200), (1, 0.0175)]
    back = [(0, 0.0125), (0.3, 0.0165), (0.7, 0.0195), (1, 0.0165)]
    things = [
        leg((x, -0.376, 0), (x, -0.330, ARM - 0.008), front, oak),
        leg((x, 0.3765, 0), (x, 0.262, ARM - 0.034), back, oak),
        rod((x, -0.350, 0.262), (x, 0.330, 0.192), 0.0155, oak),
    ]
    shape = [(-0.024, -0.374), (-0.012, -0.386), (0.012, -0.386), (0.030, -0.374), (0.037, -0.340), (0.036, -0.24),
             (0.030, -0.08), (0.024, 0.10), (0.020, 0.24), (0.014, 0.315), (0.004, 0.325), (-0.008, 0.325),
             (-0.018, 0.315), (-0.022, 0.24), (-0.024, 0.10), (-0.026, -0.08), (-0.028, -0.24), (-0.028,
             -0.340)]  # fmt: skip
    smooth = [(p.x, p.y) for p in curve([(a * side, b, 0) for a, b in shape], 3, closed=True)]
    if side < 0:
        smooth.reverse()
    arm = prism(smooth, 0.024, oak, grain="y", bevel=0.008, name="arm")
    return things + carried([arm], (x - side * 0.001, 0, ARM - 0.016), (-2.4, 0, 0))


def between(x, oak, z_front=0.262, z_back=0.200):
    """The rails that hold both sides together, and the slats under the seat."""
    things = [
        board((2 * x, 0.026, 0.064), (0, -0.344, z_front), oak, bevel=0.006),
        board((2 * x, 0.026, 0.058), (0, 0.312, z_back), oak, bevel=0.006),
    ]
    for n in range(5):
        y = -0.26 + n * 0.125
        things.append(board((2 * x - 0.02, 0.045, 0.014), (0, y, z_front + 0.012 - (y + 0.344) * 0.094), oak))
    return things


def leaning_back(width, slats, oak):
    """A frame of upright slats that leans back behind the cushion."""
    low, high = Vector((0, 0.235, 0.215)), Vector((0, 0.374, 0.742))
    things = []
    for end, tall in ((0.10, 0.042), (0.955, 0.058)):
        at = low.lerp(high, end)
        way = curve([(-width / 2 - 0.004, at.y - 0.010, at.z), (-width / 4, at.y, at.z), (0, at.y + 0.003, at.z),
                     (width / 4, at.y, at.z), (width / 2 + 0.004, at.y - 0.010, at.z)], 6)  # fmt: skip
        things.append(tube(way, [(0.022, tall)] * len(way), oak, rounded=0.6, up=high - low, name="rail"))
    for side in (-1, 1):
        x = side * (width / 2 - 0.006)
        post = [(0, 0.0125), (0.5, 0.0165), (1, 0.0125)]
        things.append(
            leg(low + Vector((x, -0.008, -0.03)), low.lerp(high, 1.0) + Vector((x, -0.008, 0.012)), post, oak)
        )
    for n in range(slats):
        x = width * ((n + 1) / (slats + 1) - 0.5)
        a, b = low.lerp(high, 0.10), low.lerp(high, 0.93)
        way = [a.lerp(b, k / 2) + Vector((x, 0.004, 0)) for k in range(3)]
        things.append(tube(way, [(0.030, 0.010)] * 3, oak, up=(0, -1, 0.2), rounded=0.6, name="slat"))
    return things


def cushions(width, seats, cloth):
    """Seat and back cushion(s), side by side."""
    things, each = [], width / seats
    for n in range(seats):
        x = (n - (seats - 1) / 2) * each
        seat = cushion((each - 0.004, 0.60, 0.150), cloth, crown=0.22, creases=0.007, piping=cloth)
        things += carried(seat, (x, -0.072, 0.338), (-5.5, 0, 0.4 * (n - 1)))
        back = cushion((each - 0.012, 0.384, 0.150), cloth, crown=0.34, creases=0.009, piping=cloth)
        things += carried(back, (x, 0.196, 0.559), (90 - 15.5, 0, 0.6 * (1 - n)))
    return things
