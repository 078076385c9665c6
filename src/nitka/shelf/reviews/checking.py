"""What people typed, put right."""

import re

AT_MOST = {"title": 160, "body": 5000, "nickname": 60}
_BLANKS = re.compile(r"[ \t\u00a0]+")
_LINES = re.compile(r"\n{3,}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def cleaned(text: str, most: int) -> str:
    """Without control signs (nor those that turn the direction of writing), with single blanks, cut to `most`."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _LINES.sub("\n\n", _BLANKS.sub(" ", text)).strip()[:most].rstrip()
