"""Finding a customer by what somebody remembers of them: a name in any script, an address, a number, with mistakes.

Each customer has one line of plain words with an index of its trigrams. Beginnings of words are asked first; only where
nobody has them, words that are merely alike are taken: by pg_trgm's word similarity, short ones with one mistake.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from nitka.ground.ids import read_code
from nitka.people.customers.letters import digits, plain
from nitka.people.customers.models import Address, Customer, Findable

# Addresses of these say nothing of who somebody is.
EVERYBODYS = {
    "gmail", "googlemail", "outlook", "hotmail", "live", "msn", "yahoo", "icloud", "me", "aol", "gmx", "web", "proton",
    "protonmail", "mail", "yandex", "ya", "rambler", "bk", "inbox", "list", "abv", "wp", "o2", "onet", "interia",
    "online",
}  # fmt: skip
MOST_WORDS, SHORTEST_ALIKE, SHORT = 6, 3, 5
_CANDIDATES = 1000


def keep_findable(customer_ids: Iterable[UUID]) -> None:
    """Write the line of these customers anew, in the caller's transaction. Call it after a name, address, e-mail or
    telephone was written; three questions for any number of customers."""
    rows = list(Customer.objects.filter(id__in=list(customer_ids)).only("id", "name", "email", "phone"))
    places: dict[UUID, list[Address]] = {}
    for place in Address.objects.filter(customer_id__in=[row.id for row in rows]).order_by("id"):
        places.setdefault(place.customer_id, []).append(place)
    made = [Findable(customer_id=row.id, text=line_of(row, places.get(row.id, []))) for row in rows]
    Findable.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["customer"], update_fields=["text"], batch_size=2000
    )


def keep_newcomer_findable(made: Customer) -> None:
    """The line of a customer who was written a moment ago, in this transaction, and has no address yet."""
    line = Findable(customer_id=made.id, text=line_of(made))
    Findable.objects.bulk_create([line], update_conflicts=True, unique_fields=["customer"], update_fields=["text"])


def line_of(customer: Any, addresses: Sequence[Any] = ()) -> str:
    """All words that a customer can be found by, each once."""
    names = [customer.name, *(part for place in addresses for part in (place.name, place.company))]
    phones = [digits(customer.phone), *(digits(place.phone) for place in addresses)]
    words = [word for text in (*names, _of_email(customer.email or "")) for word in plain(text).split()]
    return "".join(f" {word}" for word in dict.fromkeys([*words, *phones]) if word) + " "


def _of_email(email: str) -> str:
    """The part before the at, and the name of a domain that not everybody has."""
    local, _at, domain = email.partition("@")
    named = domain.rpartition(".")[0]
    return local if named.partition(".")[0] in EVERYBODYS else f"{local} {named}"


def find(text: str, limit: int) -> list[UUID]:
    """Ids of living customers, best first. At most five questions."""
    typed = text.replace("\x00", "").strip()[:200]
    if not typed or limit < 1:
        return []
    found = _exactly(typed)
    patterns, words = _asked(typed)
    if patterns:
        found += _beginning(patterns, limit)
    if not found and (alike := [word for word in words if len(word) >= SHORTEST_ALIKE]):
        found = _alike(alike, limit)
    return _living(found)[:limit]


def _living(found: list[UUID]) -> list[UUID]:
    """Merged customers as who they are now, each once."""
    merged = Customer.objects.filter(id__in=found, merged_into__isnull=False).values_list("id", "merged_into_id")
    now: dict[UUID, UUID | None] = dict(merged)
    return list(dict.fromkeys(now.get(each) or each for each in found))


def _exactly(typed: str) -> list[UUID]:
    rows = Customer.objects.filter(code=read_code(typed)) | Customer.objects.filter(email=typed.lower())
    return list(rows.values_list("id", flat=True))


def _asked(typed: str) -> tuple[list[str], list[str]]:
    """Patterns that all have to be there, and the words that may be misspelt."""
    number = digits(typed)
    if len(number) >= 4 and not any(each.isalpha() for each in typed):
        return [f"%{number}%"], []
    local, at, domain = typed.partition("@")
    words = plain(local if at and local.strip() else domain if at else typed).split()[:MOST_WORDS]
    return [f"% {word}%" for word in words], words


def _beginning(patterns: list[str], limit: int) -> list[UUID]:
    where = " AND ".join(["s.text LIKE %s"] * len(patterns))
    # Whole words before beginnings, then who came last. Many share a first name: a bounded number of them is sorted.
    whole = " + ".join(["(s.text LIKE %s)::int"] * len(patterns))
    sql = (  # only placeholders are put together
        f"SELECT id FROM (SELECT customer_id AS id, text FROM customers_search s WHERE {where} LIMIT %s) s"  # noqa: S608
        f" ORDER BY {whole} DESC, id DESC LIMIT %s"
    )  # fmt: skip
    return _ids(sql, [*patterns, _CANDIDATES, *(f"{each[:-1]} %" for each in patterns), limit])


def _alike(words: list[str], limit: int) -> list[UUID]:
    where = " AND ".join("s.text ~ %s" if len(word) <= SHORT else "%s <%% s.text" for word in words)
    wanted = [_one_mistake(word) if len(word) <= SHORT else word for word in words]
    rank = " + ".join(["strict_word_similarity(%s, s.text)"] * len(words))
    sql = (
        f"SELECT customer_id, {rank} AS rank FROM customers_search s WHERE {where}"  # noqa: S608
        " ORDER BY rank DESC, customer_id DESC LIMIT %s"
    )  # fmt: skip
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(min(map(_likeness, words)))]
            )
        return _ids(sql, [*words, *wanted, limit])


def _likeness(word: str) -> float:
    """The part of a word's trigrams that have to be there. A mistake costs four at most, so a long word keeps more of
    them; and the more are asked for, the fewer rows PostgreSQL has to look at."""
    trigrams = len(word) + 1
    return round(max(0.36, min(0.6, (trigrams - 5) / trigrams)), 2)


def _one_mistake(word: str) -> str:
    """A pattern of all words that differ in one letter, or in two that changed places.

    Trigrams say little of short words: `jhon` and `john` have one of five in common.
    """
    places = range(len(word))
    made = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places[:-1]}
    made |= {word[:at] + "." + word[at:] for at in range(1, len(word) + 1)}
    made |= {word[:at] + "." + word[at + 1 :] for at in places}
    made |= {word[:at] + word[at + 1 :] for at in places} if len(word) > SHORTEST_ALIKE else set()
    return f" ({'|'.join(sorted(made))}) "


def _ids(sql: str, values: list[Any]) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
