"""LibreTranslate (docs.libretranslate.com): free software that a shop may run beside itself, or rent.

What comes back is not trusted: it may be no text, much too long, or an answer to something else.
"""

import contextlib
from collections.abc import Sequence
from typing import Any

import orjson
from django.conf import settings

from nitka.ground.web.outbound import Answer, NotSent, post
from nitka.shelf.reviews.translators.contract import NotNow, WillNot

NAME = "libretranslate"
SECONDS = 60.0  # on a small machine a long review takes that
MOST_READ = 256 * 1024
# Nobody needs so many times the letters to say the same; more is something else than a translation.
MOST_TIMES, SPARE = 5, 200


def is_on() -> bool:
    """With its address."""
    return bool(settings.TRANSLATE_URL)


def translate(texts: Sequence[str], *, source: str, target: str) -> list[str]:
    """All texts with one post. Raises NotNow, WillNot."""
    wanted = {"q": list(texts), "source": source, "target": target, "format": "text"}
    if settings.TRANSLATE_KEY:
        wanted["api_key"] = settings.TRANSLATE_KEY
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    address = f"{settings.TRANSLATE_URL}/translate"
    try:
        answer = post(address, orjson.dumps(wanted), headers, seconds=SECONDS, excerpt=MOST_READ, own=True)
    except NotSent as trouble:
        raise NotNow(str(trouble)) from None
    return _read(answer, texts)


def _read(answer: Answer, texts: Sequence[str]) -> list[str]:
    if answer.status == 400:  # a pair of languages that it does not know, or words that it will not take
        raise WillNot("answered 400")
    if not 200 <= answer.status < 300:  # 403 is a wrong key, 429 too many questions: both may be mended
        raise NotNow(f"answered {answer.status}")
    found: Any = None
    with contextlib.suppress(orjson.JSONDecodeError, RecursionError):
        found = orjson.loads(answer.excerpt)
    said = found.get("translatedText") if isinstance(found, dict) else None
    if not isinstance(said, list) or len(said) != len(texts) or not all(isinstance(each, str) for each in said):
        raise NotNow("answered what is no translation")
    if any(len(new) > MOST_TIMES * len(old) + SPARE for new, old in zip(said, texts, strict=True)):
        raise WillNot("answered much more than was asked")
    return [str(each) for each in said]
