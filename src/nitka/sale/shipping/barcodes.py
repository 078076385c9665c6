"""Code 128 (ISO/IEC 15417): the bars of a label, as widths of bar, space, bar, space …"""

_WIDTHS = [
    "212222",
    "222122",
    "222221",
    "121223",
    "121322",
    "131222",
    "122213",
    "122312",
    "132212",
    "221213",
    "221312",
    "231212",
    "112232",
    "122132",
    "122231",
    "113222",
    "123122",
    "123221",
    "223211",
    "221132",
    "221231",
    "213212",
    "223112",
    "312131",
    "311222",
    "321122",
    "321221",
    "312212",
    "322112",
    "322211",
    "212123",
    "212321",
    "232121",
    "111323",
    "131123",
    "131321",
    "112313",
    "132113",
    "132311",
    "211313",
    "231113",
    "231311",
    "112133",
    "112331",
    "132131",
    "113123",
    "113321",
    "133121",
    "313121",
    "211331",
    "231131",
    "213113",
    "213311",
    "213131",
    "311123",
    "311321",
    "331121",
    "312113",
    "312311",
    "332111",
    "314111",
    "221411",
    "431111",
    "111224",
    "111422",
    "121124",
    "121421",
    "141122",
    "141221",
    "112214",
    "112412",
    "122114",
    "122411",
    "142112",
    "142211",
    "241211",
    "221114",
    "413111",
    "241112",
    "134111",
    "111242",
    "121142",
    "121241",
    "114212",
    "124112",
    "124211",
    "411212",
    "421112",
    "421211",
    "212141",
    "214121",
    "412121",
    "111143",
    "111341",
    "131141",
    "114113",
    "114311",
    "411113",
    "411311",
    "113141",
    "114131",
    "311141",
    "411131",
    "211412",
    "211214",
    "211232",
]
_STOP = "2331112"
_CODE_C, _CODE_B, _START_B, _START_C = 99, 100, 104, 105
QUIET = 10  # modules of white on either side


def code128(text: str) -> list[int]:
    """Widths in modules, beginning and ending with a bar. Pairs of digits are packed. Raises ValueError for a letter
    outside of printable ASCII."""
    if not text or any(not 32 <= ord(letter) < 127 for letter in text):
        raise ValueError(f"Code 128 holds printable ASCII alone, not {text!r}.")
    values = _values(text)
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], start=1))) % 103
    return [int(width) for value in (*values, check) for width in _WIDTHS[value]] + [int(width) for width in _STOP]


def svg(text: str, *, height: int = 60) -> str:
    """The bars as a drawing without text, quiet zones included."""
    rects, x = [], QUIET
    for place, width in enumerate(code128(text)):
        if place % 2 == 0:
            rects.append(f'<rect x="{x}" y="0" width="{width}" height="{height}"/>')
        x += width
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {x + QUIET} {height}" preserveAspectRatio="none" '
        f'shape-rendering="crispEdges">{"".join(rects)}</svg>'
    )


def _values(text: str) -> list[int]:
    """Set B, and set C for runs of four digits or more."""
    values: list[int] = []
    in_c, place = False, 0
    while place < len(text):
        digits = _digits(text, place)
        if digits >= (2 if in_c else 4):
            if not in_c:
                values.append(_CODE_C if values else _START_C)
                in_c = True
            values.append(int(text[place : place + 2]))
            place += 2
            continue
        if in_c or not values:
            values.append(_CODE_B if values else _START_B)
            in_c = False
        values.append(ord(text[place]) - 32)
        place += 1
    return values


def _digits(text: str, place: int) -> int:
    end = place
    while end < len(text) and text[end].isdigit():
        end += 1
    return end - place
