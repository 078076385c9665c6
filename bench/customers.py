"""Finding one customer among many: bin/bench customers.

Names as they are in the shops' six languages, in their own scripts, with e-mail addresses and telephones. The queries
are what a person types from memory: a name, a misspelt one, one in the other script, an address, a number, a code.
"""

import json
import os
import random
import statistics
import time
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from bench import shop

FIRST = {
    "en": "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Thomas"
          " Sarah Charles Karen Daniel Emily Oliver Sophie George Charlotte",
    "nb": "Kari Lars Ingrid Bjørn Anne Ole Solveig Håkon Marit Knut Astrid Øystein Silje Magnus Randi Sverre Åse Eirik",
    "pl": "Anna Jan Katarzyna Piotr Małgorzata Krzysztof Agnieszka Andrzej Łukasz Paweł Ewa Tomasz Joanna Michał Zofia"
          " Stanisław Jadwiga Wojciech Grażyna Błażej",
    "ru": "Иван Мария Дмитрий Елена Сергей Ольга Алексей Наталья Андрей Татьяна Пётр Юлия Фёдор Ксения Никита Дарья"
          " Александр Екатерина Михаил Светлана",
    "bg": "Георги Мария Димитър Иванка Николай Елена Стоян Росица Христо Пенка Красимир Цветана Йордан Виолета",
    "hy": "Անի Արամ Մարիամ Տիգրան Նարե Հայկ Լիլիթ Գոռ Սոնա Դավիթ Շուշան Վահե Քրիստինե Ռուբեն Էլեն Սարգիս",
}  # fmt: skip
STEMS = {
    "en": "Smith John William Brown Davi Mill Wil Moor Tayl Anders Jack Whit Harr Mart Thomps Robin Clark Lew Walk Hall"
          " Green Bak Carter Mitchell Turn Phill Camp Park Evan Edward",
    "nb": "Hans Johan Ols Lars Anders Peders Nils Kristian Jens Karls Berg Haug Hagen Eriks Bakk Lie Dahl Lund Moe"
          " Strand Solberg Vik Henriks Sæther Ødegård Aas",
    "pl": "Now Kowal Wiśniew Dąbrow Lewandow Zieliń Szymań Woźni Kozłow Jankow Mazur Kwiatkow Krawcz Piotrow Grabow"
          " Nowakow Pawłow Michal Adamcz Dud Zając Wieczor Jabłoń Król Majew",
    "ru": "Иван Смирн Кузнец Попов Василь Петров Сокол Михайл Новик Фёдор Мороз Волк Алексе Лебед Семён Егор Павл Козл"
          " Степан Никола Орл Андре Макар Никит Захар Зайц Соловь Борис Яковл Григорь",
    "bg": "Иван Георги Димитр Петр Никол Христ Стоян Тодор Илие Васил Ангел Атанас Йордан Марин Кол Митк Пен Цвет Жел",
    "hy": "Պետրոս Հովհաննիս Սարգս Գրիգոր Հակոբ Կարապետ Մկրտչ Խաչատր Ավետիս Մարտիրոս Վարդան Գևորգ Ստեփան Ղազար Մանուկ",
}  # fmt: skip
ENDS = {
    "en": ("son", "s", "er", "man", "ton", "", "field", "wood", "ley", "ford"),
    "nb": ("en", "sen", "", "heim", "vik", "stad", "rud", "land", "mo", "nes"),
    "pl": ("ski", "ska", "ak", "czyk", "icz", "ek", "iak", "owski", "owska", ""),
    "ru": ("ов", "ова", "ин", "ина", "ев", "ева", "енко", "ский", "ская", "ович"),
    "bg": ("ов", "ова", "ев", "ева", "чев", "чева", "ски", "ска"),
    "hy": ("յան", "եան", "ունի", "ենց", "յանց"),
}
DOMAINS = [
    "gmail.com",
    "mail.ru",
    "yandex.ru",
    "wp.pl",
    "onet.pl",
    "abv.bg",
    "online.no",
    "outlook.com",
    "yahoo.com",
    "nordlys.example",
]
PHONES = {"en": "+1212", "nb": "+474", "pl": "+48512", "ru": "+7916", "bg": "+35988", "hy": "+3749"}


def _table(letters: str, sounds: str) -> dict[str, str]:
    return dict(zip(letters, sounds.split(), strict=True))


_LATIN = _table(
    "абвгдежзийклмнопрстуфхцчшщыэюяё", "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya yo"
) | _table(
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
    "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev",
)


@click.command()
@click.option("--customers", "count", default=100_000, show_default=True, type=click.IntRange(100))
@click.option("--queries", default=1000, show_default=True, type=click.IntRange(20))
@click.option("--json", "as_json", is_flag=True)
def main(count: int, queries: int, as_json: bool) -> None:
    """How long a search for a customer takes, and how often the one that was meant is on the first page of 20."""
    shop.start_bare(f"customers-{count}")
    seconds = _fill(count)
    figures = {**measure(queries), "customers": count, "fill_seconds": round(seconds, 1)}
    if as_json:
        print(json.dumps(figures))
    else:
        _print(figures)


def _fill(count: int) -> float:
    from django.db import connection

    from nitka.people.customers import actions as customers
    from nitka.people.customers.models import Customer

    mark = Path(os.environ["NITKA_HOME"]) / "filled"
    if mark.exists():
        return 0.0
    began = time.monotonic()
    dice = random.Random(20261121)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE customers_customers CASCADE")
    for start in range(0, count, 5000):
        made = Customer.objects.bulk_create(
            Customer(**_person(dice, number)) for number in range(start, min(count, start + 5000))
        )
        customers.keep_findable(row.id for row in made)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    mark.write_text("")
    return time.monotonic() - began


def _person(dice: random.Random, number: int) -> dict[str, Any]:
    language = dice.choice(list(FIRST))
    name = f"{dice.choice(FIRST[language].split())} {dice.choice(STEMS[language].split())}{dice.choice(ENDS[language])}"
    local = ".".join(_latin(name).split())
    local = dice.choice((local, local.replace(".", ""), local[0] + local.partition(".")[2]))
    return {
        "name": name, "language": language, "email": f"{local}{number}@{dice.choice(DOMAINS)}",
        "phone": PHONES[language] + f"{dice.randrange(10**7):07}" if dice.random() < 0.7 else "",
    }  # fmt: skip


def _latin(text: str) -> str:
    import unicodedata

    small = text.lower().replace("ու", "u").translate(str.maketrans({**_LATIN, "ł": "l", "ø": "o", "æ": "ae"}))
    bare = "".join(each for each in unicodedata.normalize("NFKD", small) if not unicodedata.combining(each))
    return "".join(each for each in bare if each.isascii())


def _misspelt(dice: random.Random, word: str) -> str:
    at = dice.randrange(1, max(2, len(word) - 1))
    return dice.choice((
        word[:at] + word[at + 1 :],
        word[:at] + word[at : at + 1] * 2 + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
        word[:at] + dice.choice("aeiost") + word[at + 1 :],
    ))  # fmt: skip


def typed(dice: random.Random, row: Any, kind: str) -> str:
    """What somebody types who looks for that customer."""
    first, _space, last = row.name.partition(" ")
    return {
        "name": lambda: row.name,
        "last name": lambda: last,
        "misspelt": lambda: f"{first} {_misspelt(dice, last)}",
        "misspelt twice": lambda: f"{_misspelt(dice, first)} {_misspelt(dice, last)}",
        "misspelt word": lambda: _misspelt(dice, last),
        "other script": lambda: _latin(row.name).title(),
        "e-mail": lambda: row.email,
        "half an e-mail": lambda: row.email.partition("@")[0],
        "misspelt e-mail": lambda: _misspelt(dice, row.email.partition("@")[0]),
        "telephone": lambda: f"{row.phone[-9:-6]} {row.phone[-6:-3]}-{row.phone[-3:]}" if row.phone else row.name,
        "code": lambda: row.code.lower(),
        "beginning": lambda: last[:3],
    }[kind]()


KINDS = ("name", "last name", "misspelt", "misspelt twice", "misspelt word", "other script", "e-mail",
         "half an e-mail", "misspelt e-mail", "telephone", "code", "beginning")  # fmt: skip
# Many have that last name or begin like that: the one who was meant cannot always be among twenty.
VAGUE = {"last name", "misspelt word", "beginning"}


def measure(queries: int) -> dict[str, Any]:
    """Milliseconds of a search, and the share of those who were meant among the first twenty, by what was typed."""
    from nitka.people.customers import queries as customers
    from nitka.people.customers.models import Customer

    dice = random.Random(7)
    ids = list(Customer.objects.order_by("id").values_list("id", flat=True))
    rows = Customer.objects.in_bulk(dice.sample(ids, min(queries, len(ids))))
    taken: dict[str, list[float]] = {kind: [] for kind in KINDS}
    hits: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    for number, row in enumerate(rows.values()):
        kind = KINDS[number % len(KINDS)]
        text = typed(dice, row, kind)
        began = time.perf_counter()
        found = customers.search(text, 20)
        taken[kind].append((time.perf_counter() - began) * 1000)
        same = {row.id} if kind not in VAGUE else {each.id for each in found if each.name == row.name} | {row.id}
        hits[kind].append(any(each.id in same or each.name == row.name for each in found))
    every = statistics.quantiles([each for some in taken.values() for each in some], n=100)
    return {
        "search_p50_ms": round(every[49], 2), "search_p95_ms": round(every[94], 2),
        "search_p99_ms": round(every[98], 2),
        "found": {kind: round(sum(some) / len(some), 3) for kind, some in hits.items() if some},
        "p95_ms": {kind: round(sorted(some)[int(len(some) * 0.95)], 2) for kind, some in taken.items() if some},
        "queries": len(rows),
    }  # fmt: skip


def _print(figures: dict[str, Any]) -> None:
    table = Table(title=f"Search among {figures['customers']:,} customers, {figures['queries']} queries")
    for column in ("typed", "found", "p95 ms"):
        table.add_column(column, justify="left" if column == "typed" else "right")
    for kind, share in figures["found"].items():
        table.add_row(kind, f"{share:.1%}", str(figures["p95_ms"][kind]))
    table.add_row("all", "", str(figures["search_p95_ms"]))
    Console().print(table)
    Console().print(shop.machine())


if __name__ == "__main__":
    main()
