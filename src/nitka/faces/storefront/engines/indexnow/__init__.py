"""IndexNow (indexnow.org): Bing, Yandex, Seznam, Naver and others learn of changed pages with one post.

A key proves that the addresses are ours: it lies at /<key>.txt. Off without a key, and where nobody from outside can
come to the address.
"""

import re
from collections.abc import Sequence

import orjson
from django.conf import settings

from nitka.ground.web.outbound import NotSent, post

NAME = "indexnow"
AT_ONCE = 10_000  # more are refused by the protocol
SECONDS = 20.0
TAKEN = (200, 202)
_KEY = re.compile(r"[A-Za-z0-9-]{8,128}")


def is_on() -> bool:
    """Only with a key as the protocol wants it, and a public https address."""
    return bool(_KEY.fullmatch(settings.INDEXNOW_KEY)) and settings.NITKA_PUBLIC_URL.startswith("https://")


def tell(addresses: Sequence[str]) -> None:
    """Post the addresses in batches. Raises NotSent where one was not taken: all may then be told again."""
    base, key = settings.NITKA_PUBLIC_URL, settings.INDEXNOW_KEY
    for start in range(0, len(addresses), AT_ONCE):
        body = {
            "host": base.removeprefix("https://").partition("/")[0], "key": key, "keyLocation": f"{base}/{key}.txt",
            "urlList": list(addresses[start : start + AT_ONCE]),
        }  # fmt: skip
        headers = {"Content-Type": "application/json; charset=utf-8"}
        answer = post(settings.INDEXNOW_URL, orjson.dumps(body), headers, seconds=SECONDS)
        if answer.status not in TAKEN:
            raise NotSent(f"answered {answer.status}")
