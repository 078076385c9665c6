"""Where a link of the shop's own words leads. It names the thing, not the address, so it lives through a new one.

"category:chairs", "collection:winter", "product:lind", "maker:traad", "page:returns", "/search?sort=new" (a path
below the language) or a whole address: https, mailto or tel. What stands before the colon is resolved by the face.
"""

import re

THINGS = ("category", "collection", "product", "maker", "page")
_THING = re.compile(rf"({'|'.join(THINGS)}):[\w.-]{{1,200}}(#[\w-]{{1,80}})?")
_PATH = re.compile(r"/(?![/\\])[^\s\\<>\"]{0,400}")
_WHOLE = re.compile(r"(https://[^\s<>\"/]+[^\s<>\"]*|mailto:[^\s<>\"]+@[^\s<>\"]+|tel:\+?[\d-]{3,20}|#[\w-]{1,80})")


def is_link(text: str) -> bool:
    """Whether a link may be written so."""
    return any(form.fullmatch(text) for form in (_THING, _PATH, _WHOLE))
