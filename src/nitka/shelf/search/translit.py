"""Words typed in another script: Latin for Cyrillic and Armenian, and back.

People spell one word in many ways ("yablochnyj", "iablochnyi"), so both sides are brought to a *sound key* that is the
same for all common spellings. The index holds the keys of its words; a query is asked by its own keys.
"""

import re
from functools import lru_cache

from nitka.ground.wording.stems import stemmer
from nitka.ground.wording.words import fold

SCRIPTS = {"bg": "cyrillic", "ru": "cyrillic", "hy": "armenian"}


def _table(pairs: str) -> dict[str, str]:
    """ "аa жz" → {"а": "a", "ж": "z"}; a letter alone is silent."""
    return {pair[0]: pair[1:] for pair in pairs.split()}


_CYRILLIC = _table("аa бb вv гg дd еe жz зz иi йi кk лl мm нn оo пp рr сs тt уu фf хh цc чc шs щs ъ ыi ь эe юiu яia")
_BULGARIAN = _CYRILLIC | {"щ": "st", "ъ": "a"}
_ARMENIAN = _table(
    "աa բb գg դd եe զz էe ը թt ժz իi լl խh ծc կk հh ձz ղg ճc մm յ նn շs ոo չc պp ջz ռr սs վv տt րr ցc ւv փp քk օo ֆf"
)

_LATIN_COMMON = [
    ("shch", "s"), ("sch", "s"), ("tch", "c"), ("sh", "s"), ("ch", "c"), ("zh", "z"), ("kh", "h"), ("ts", "c"),
    ("tz", "c"), ("ph", "f"), ("gh", "g"), ("ck", "k"), ("x", "ks"), ("w", "v"), ("q", "k"),
    ("ya", "ia"), ("ja", "ia"), ("yu", "iu"), ("ju", "iu"), ("y", "i"), ("j", "i"),
]  # fmt: skip
_LATIN_ONLY = {
    "ru": [("yo", "e"), ("jo", "e"), ("ye", "e"), ("je", "e"), ("4", "c"), ("6", "s")],
    "bg": [("sht", "st"), ("4", "c"), ("6", "s")],
    "hy": [("dzh", "z"), ("dj", "z"), ("dz", "z"), ("j", "z"), ("x", "h"), ("ph", "p"), ("th", "t"), ("ya", "a"),
           ("yu", "u"), ("ye", "e"), ("y", ""), ("@", "")],
}  # fmt: skip
_SOFT_C = re.compile(r"c(?![eiyh])")
_REPEATED = re.compile(r"(.)\1+")

_TO_CYRILLIC = [
    ("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("tz", "ц"), ("ch", "ч"), ("sh", "ш"),
    ("ya", "я"), ("ja", "я"), ("ia", "я"), ("yu", "ю"), ("ju", "ю"), ("iu", "ю"), ("iy", "ий"), ("yy", "ый"),
    ("yj", "ый"), ("ij", "ий"), ("ay", "ай"), ("ey", "ей"), ("oy", "ой"), ("aj", "ай"), ("ej", "ей"), ("oj", "ой"),
    *zip("abvgdeziklmnoprstufhcywqxj'46", "абвгдезиклмнопрстуфхцывкхйьчш", strict=True),
]  # fmt: skip
_TO_NATIVE = {
    "ru": [("yo", "ё"), ("jo", "ё"), ("ye", "е"), ("je", "е"), *_TO_CYRILLIC],
    "bg": [("sht", "щ"), ("y", "ъ"), *_TO_CYRILLIC],
    "hy": [
        ("ev", "և"), ("gh", "ղ"), ("kh", "խ"), ("zh", "ժ"), ("dz", "ձ"), ("ts", "ծ"), ("ch", "չ"), ("sh", "շ"),
        ("th", "թ"), ("ph", "փ"), ("vo", "ո"), ("ye", "ե"), ("u", "ու"),
        *zip("abgdezilxkhjmnoprsvtcqwfy@", "աբգդեզիլխկհջմնոպրսվտցքվֆյը", strict=True),
    ],
}  # fmt: skip

_RU_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
_EN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_LAYOUT = str.maketrans(_RU_KEYS + _EN_KEYS, _EN_KEYS + _RU_KEYS)


def script(word: str) -> str:
    """ "latin", "cyrillic", "armenian", or "" for digits and all else."""
    for letter in word:
        if "a" <= letter <= "z" or "à" <= letter <= "ɏ":
            return "latin"
        if "\u0400" <= letter <= "\u04ff":
            return "cyrillic"
        if "\u0531" <= letter <= "\u058f":
            return "armenian"
    return ""


def _replace(word: str, pairs: list[tuple[str, str]]) -> str:
    result, at = [], 0
    while at < len(word):
        for source, target in pairs:
            if word.startswith(source, at):
                result.append(target)
                at += len(source)
                break
        else:
            result.append(word[at])
            at += 1
    return "".join(result)


@lru_cache(maxsize=200_000)
def sound(word: str, language: str) -> str:
    """The key under which all spellings of a word meet; the language decides how Latin letters were meant."""
    kind = script(word)
    word = word if kind == "cyrillic" else fold(word)
    if kind == "cyrillic":
        table = _BULGARIAN if language == "bg" else _CYRILLIC
        key = "".join(table.get(letter, letter) for letter in word.replace("ё", "е"))
    elif kind == "armenian":
        key = word.replace("ու", "u").replace("եւ", "ev")
        key = "".join(_ARMENIAN.get(letter, letter) for letter in key)
    else:
        key = _SOFT_C.sub("k", word.replace("ck", "k"))
        if language == "hy":
            key = re.sub(r"^vo", "o", key)
        key = _replace(key, _LATIN_ONLY.get(language, []) + _LATIN_COMMON)
    return _REPEATED.sub(r"\1", key)


def sounds(word: str, language: str) -> set[str]:
    """The keys the index keeps for a word: as it stands and of its stem, in both readings of the Bulgarian ъ."""
    keys = {sound(word, language), sound(stemmer(language).stem(word), language)}
    if language == "bg" and "ъ" in word:
        again = word.replace("ъ", "у")
        keys |= {sound(again, language), sound(stemmer(language).stem(again), language)}
    return {key for key in keys if len(key) > 1}


def native(word: str, language: str) -> str:
    """The best guess of a Latin-typed word in the script of the language: "stulya" → "стуля" (ru)."""
    pairs = _TO_NATIVE.get(language)
    return _replace(word, pairs) if pairs else word


def asked(word: str, language: str) -> set[str]:
    """The keys to look for when a word may have been typed in another script."""
    keys = {sound(word, language)}
    if language in SCRIPTS and script(word) == "latin":
        guess = native(fold(word), language)
        keys |= {sound(guess, language), sound(stemmer(language).stem(guess), language)}
    else:
        keys.add(sound(stemmer(language).stem(word), language))
    return {key for key in keys if len(key) > 1}


def other_layout(word: str) -> str:
    """What the same keys give on the other layout of a Russian keyboard: "lbdfy" → "диван"."""
    return word.translate(_LAYOUT)
