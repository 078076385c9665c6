"""Search measured on judged queries: the shop's own analysis, schema and queries over a file of products.

nDCG@10 with gain 2^r - 1 over the queries that have a relevant product; products without a judgment count 0. The second
figure ranks the judged products only. Plain BM25 over the same stems is measured beside it, with a paired bootstrap.
"""

import csv
import gzip
import json
import math
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import orjson
from rich.console import Console
from rich.table import Table
from tantivy import Document, Index, Occur, Query, SchemaBuilder

from bench import shop
from nitka.shelf.search import finding, schema
from nitka.shelf.search.entry import Entry
from nitka.shelf.search.home import Home, Shelf
from nitka.shelf.search.labels import Labels

MARKET = "us"
DEPTH = 400  # the judged-only figure needs the ranks below the first page too
ROUNDS = 5

Judgments = Mapping[str, Mapping[str, float]]
Ranking = Callable[[str], list[str]]


@dataclass(frozen=True)
class Scores:
    """nDCG@10 by query, unjudged as 0 and over judged products only."""

    all: Mapping[str, float]
    judged: Mapping[str, float]


def products(path: Path) -> Iterator[dict[str, Any]]:
    """The products of a JSON Lines file, gzipped or not."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
        for line in lines:
            if line.strip():
                yield orjson.loads(line)


def judgments(path: Path) -> Judgments:
    """{query: {product id: rating}}"""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    with path.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found[row["query"]][row["docid"]] = float(row["rating"])
    return found


def entry(product: Mapping[str, Any]) -> Entry:
    """A line of the file as the shop would index it."""
    texts = {key[7:]: str(value) for key, value in product.items() if key.startswith("attr_t_")}
    facets = [f"{code}={value}" for code, value in texts.items() if len(value) <= 40]
    facets.append(f"brand={product.get('supplier', '')}")
    return Entry(
        product_id=str(product["id"]),
        title={"en": product.get("title", "")},
        summary={"en": product.get("short_description", "")},
        details={"en": " ".join(texts.values())},
        brand=product.get("supplier", ""),
        models=(product.get("name", ""),),
        codes=tuple(product.get("ean", ())),
        facets=tuple(facets),
        prices={MARKET: int(product.get("price") or 0)},
    )


def shop_ranking(path: Path, home: Path) -> tuple[finding.Reader, int, float]:
    """The shop's index of the file: (reader, products, seconds)."""
    started = time.perf_counter()
    shelf = Home(home)
    documents = (schema.document(entry(product), (MARKET,)) for product in products(path))
    count = shelf.build(documents, (MARKET,), Labels(), {})
    reader = Shelf(shelf).reader()
    if reader is None:
        raise click.ClickException("The index could not be opened.")
    return reader, count, time.perf_counter() - started


def plain_ranking(path: Path) -> Ranking:
    """The yardstick: BM25 over one field of the same stems, any word counts."""
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    plain = builder.build()
    index = Index(plain)
    writer = index.writer(64_000_000, 1)
    for product in products(path):
        fields = [product.get(name) or "" for name in ("title", "name", "short_description", "supplier")]
        text = " ".join(schema.tokens(" ".join(fields), "en"))
        writer.add_document(Document(id=str(product["id"]), text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def rank(query: str) -> list[str]:
        words = [Query.term_query(plain, "text", token, "freq") for token in schema.tokens(query, "en")]
        found = searcher.search(Query.boolean_query([(Occur.Should, word) for word in words]), limit=DEPTH)
        return [searcher.doc(address)["id"][0] for _score, address in found.hits]

    return rank


def _gain(ratings: Sequence[float]) -> float:
    return sum((2**rating - 1) / math.log2(place + 2) for place, rating in enumerate(ratings[:10]))


def score(rank: Ranking, judged: Judgments) -> Scores:
    """nDCG@10 of every query that has a relevant product."""
    every, only = {}, {}
    for query, ratings in judged.items():
        best = _gain(sorted(ratings.values(), reverse=True))
        if best:
            found = rank(query)
            every[query] = _gain([ratings.get(product, 0.0) for product in found]) / best
            only[query] = _gain([ratings[product] for product in found if product in ratings]) / best
    return Scores(every, only)


def bootstrap(left: Mapping[str, float], right: Mapping[str, float], rounds: int = 4000) -> tuple[float, float]:
    """95 % interval of the mean difference over resampled queries, the same queries on both sides."""
    differences = [left[query] - right[query] for query in left]
    dice = random.Random(20260101)
    means = sorted(statistics.fmean(dice.choices(differences, k=len(differences))) for _ in range(rounds))
    return means[int(rounds * 0.025)], means[int(rounds * 0.975) - 1]


def _latency(reader: finding.Reader, queries: Sequence[str], facets: bool) -> tuple[float, float]:
    """(p50, p95) in milliseconds of the first page of 24."""
    taken = []
    for number in range(ROUNDS + 1):
        for query in queries:
            started = time.perf_counter()
            finding.ask(reader, finding.Asked(text=query, market=MARKET, facets=facets))
            if number:  # the first round warms up
                taken.append((time.perf_counter() - started) * 1000)
    cut = statistics.quantiles(taken, n=100) if len(taken) > 1 else taken * 100
    return cut[49], cut[94]


def measure(products_file: Path, judgments_file: Path) -> dict[str, Any]:
    """All figures, with those of plain BM25 and the intervals of the differences."""
    judged = judgments(judgments_file)
    with tempfile.TemporaryDirectory() as folder:
        reader, count, seconds = shop_ranking(products_file, Path(folder) / "search")

        def rank(query: str) -> list[str]:
            return finding.ask(reader, finding.Asked(text=query, market=MARKET, limit=DEPTH, facets=False)).ids

        shop, plain = score(rank, judged), score(plain_ranking(products_file), judged)
        if not shop.all:
            raise click.ClickException("No judged query has a relevant product.")
        p50, p95 = _latency(reader, list(judged), facets=False)
        facets_p50, facets_p95 = _latency(reader, list(judged), facets=True)
    return {
        "ndcg_at_10": round(statistics.fmean(shop.all.values()), 4),
        "ndcg_at_10_judged": round(statistics.fmean(shop.judged.values()), 4),
        "p50_ms": round(p50, 3),
        "p95_ms": round(p95, 3),
        "documents": count,
        "queries": len(shop.all),
        "with_facets_p50_ms": round(facets_p50, 3),
        "with_facets_p95_ms": round(facets_p95, 3),
        "build_seconds": round(seconds, 2),
        "plain_ndcg_at_10": round(statistics.fmean(plain.all.values()), 4),
        "plain_ndcg_at_10_judged": round(statistics.fmean(plain.judged.values()), 4),
        "difference_interval": [round(bound, 4) for bound in bootstrap(shop.all, plain.all)],
        "difference_judged_interval": [round(bound, 4) for bound in bootstrap(shop.judged, plain.judged)],
    }


def _print(result: Mapping[str, Any]) -> None:
    table = Table(title=f"Search: {result['documents']:,} products, {result['queries']} judged queries")
    for column in ("", "Nitka", "plain stemmed BM25", "difference, 95 % interval"):
        table.add_column(column, justify="right" if column else "left")
    for label, key, interval in (
        ("nDCG@10, unjudged = 0", "ndcg_at_10", "difference_interval"),
        ("nDCG@10, judged only", "ndcg_at_10_judged", "difference_judged_interval"),
    ):
        low, high = result[interval]
        mean = result[key] - result[f"plain_{key}"]
        table.add_row(
            label, f"{result[key]:.4f}", f"{result[f'plain_{key}']:.4f}", f"{mean:+.4f}  [{low:+.3f}, {high:+.3f}]"
        )
    table.add_row("p50 / p95 ms", f"{result['p50_ms']:.2f} / {result['p95_ms']:.2f}", "", "")
    with_facets = f"{result['with_facets_p50_ms']:.2f} / {result['with_facets_p95_ms']:.2f}"
    table.add_row("p50 / p95 ms with facets", with_facets, "", "")
    table.add_row("index built in s", f"{result['build_seconds']:.1f}", "", "")
    Console().print(table)


@click.command(name="search")
@click.option("--products", "products_file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--judgments", "judgments_file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object as the last line.")
def main(products_file: Path | None, judgments_file: Path | None, as_json: bool) -> None:
    """Relevance and speed of the search on a file of products and judged queries (those of NITKA_DATA, if none)."""
    products_file = products_file or shop.default_products()
    judgments_file = judgments_file or (products_file and products_file.with_name("judgments.csv"))
    if not products_file or not judgments_file or not judgments_file.exists():
        raise click.ClickException("Name the files with --products and --judgments, or set NITKA_DATA.")
    result = measure(products_file, judgments_file)
    _print(result)
    if as_json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
