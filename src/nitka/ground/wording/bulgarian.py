"""A light stemmer for Bulgarian.

Rules of J. Savoy, "Searching Strategies for the Bulgarian Language", Information Retrieval 10 (2007): the article
goes first, then the plural, then the ending of the gender. Snowball has no Bulgarian.
"""

# (longer than, ending, replacement): only the first that fits is used.
_ARTICLES = (
    (6, "ият", ""),
    (5, "ът", ""),
    (5, "то", ""),
    (5, "те", ""),
    (5, "та", ""),
    (5, "ия", ""),
    (4, "ят", ""),
)
_PLURALS = (
    (6, "овци", "о"),
    (6, "ове", ""),
    (6, "еве", "й"),
    (5, "ища", ""),
    (5, "та", ""),
    (5, "ци", "к"),
    (5, "зи", "г"),
    (5, "си", "х"),
    (4, "и", ""),
)


def _cut(word: str, rules: tuple[tuple[int, str, str], ...]) -> str:
    for longer_than, ending, replacement in rules:
        if len(word) > longer_than and word.endswith(ending):
            return word[: -len(ending)] + replacement
    return word


def stem(word: str) -> str:
    """The stem of a lower-case Bulgarian word; words under four letters stay as they are."""
    if len(word) < 4:
        return word
    if len(word) > 5 and word.endswith("ища"):
        return word[:-3]
    word = _cut(_cut(word, _ARTICLES), _PLURALS)
    if len(word) > 3 and word.endswith("я"):
        word = word[:-1]
    if len(word) > 3 and word[-1] in "аое":
        word = word[:-1]
    if len(word) > 4 and word.endswith("ен"):
        word = word[:-2] + "н"
    if len(word) > 4 and word[-2] == "ъ":
        word = word[:-2] + word[-1]
    if word.endswith("ниц"):  # -ник, -ница and -ници fall together, since the plural rule cannot tell them apart
        word = word[:-1] + "к"
    return word
