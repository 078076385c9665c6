"""Which words a dictionary of Hunspell does not know.

Dictionaries are those of the system (Debian: hunspell-en-us, -bg, -no, -pl, -ru). Armenian has none there; whoever has
one puts hy_AM.aff and .dic into a folder of NITKA_DICTIONARIES. A dictionary takes hundreds of megabytes once it is
read, so a process of its own reads it, answers, and is gone. Read by spylls, which needs no library of the system.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

FILES = {
    "en": ("en_US", "en_GB"), "bg": ("bg_BG",), "hy": ("hy_AM", "hy"), "nb": ("nb_NO",), "pl": ("pl_PL",),
    "ru": ("ru_RU",),
}  # fmt: skip
MOST_SECONDS = 900


def dictionary_of(language: str) -> Path | None:
    """The dictionary without its endings .aff and .dic; None where there is none."""
    for folder in settings.NITKA_DICTIONARIES:
        for name in FILES.get(language, ()):
            path = Path(folder) / name
            if path.with_suffix(".aff").is_file() and path.with_suffix(".dic").is_file():
                return path
    return None


def judge(words: Iterable[str], language: str) -> dict[str, bool]:
    """Word → whether the dictionary knows it; nothing at all where there is no dictionary."""
    path, wanted = dictionary_of(language), sorted(set(words))
    if path is None or not wanted:
        return {}
    done = subprocess.run(  # noqa: S603 (our own interpreter and module; the words go in by a pipe)
        [sys.executable, "-m", "nitka.ground.wording.spelling", str(path)], input=json.dumps(wanted), text=True,
        capture_output=True, check=True, timeout=MOST_SECONDS, env={"PYTHONPATH": ":".join(filter(None, sys.path))},
    )  # fmt: skip
    return dict(zip(wanted, json.loads(done.stdout), strict=True))


def _answer(path: str) -> None:
    from spylls.hunspell import Dictionary

    dictionary = Dictionary.from_files(path)
    words = json.load(sys.stdin)
    json.dump([dictionary.lookup(each.replace("’", "'")) for each in words], sys.stdout)


if __name__ == "__main__":
    _answer(sys.argv[1])
