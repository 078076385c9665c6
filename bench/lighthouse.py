"""How Lighthouse sees home, category, product and article on a phone: bin/lighthouse."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import click
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".nitka" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
SHORT = {"accessibility": "access", "best-practices": "practice", "seo": "SEO", "performance": "speed"}
CATEGORIES = tuple(SHORT)
GOALS = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
# What a page feels like, as Lighthouse names it.
FEELINGS = {
    "first-contentful-paint": "FCP",
    "largest-contentful-paint": "LCP",
    "total-blocking-time": "TBT",
    "cumulative-layout-shift": "CLS",
    "speed-index": "SI",
    "total-byte-weight": "KB",
}
PAGES = {
    "home": "/en/",
    "category": "/en/c/chairs-benches/",
    "product": "/en/p/lind-dining-chair/",
    "article": "",
}
console = Console(stderr=True, width=None if sys.stderr.isatty() else 120)


@dataclass
class Seen:
    """What the runs over one page say together: medians, and every audit that any run did not pass."""

    scores: dict[str, int]
    feelings: dict[str, float]
    machine: float  # Lighthouse's own measure of the machine; below about 1,000 performance says little
    failed: dict[str, list[str]] = field(default_factory=dict)  # audits of the goals without performance
    slow: dict[str, str] = field(default_factory=dict)  # audits of performance that cost something

    @property
    def good(self) -> bool:
        return all(self.scores.get(name, 100) >= goal for name, goal in GOALS.items())


@click.command()
@click.argument("address", required=False)
@click.option("--runs", default=5, show_default=True, help="Of each page; the median counts.")
@click.option("--only", multiple=True, type=click.Choice(list(PAGES)), help="Only this page; may be repeated.")
@click.option("--path", "paths", multiple=True, help="Another path of the shop, beside or instead of the known ones.")
@click.option("--category", "categories", multiple=True, type=click.Choice(CATEGORIES), help="Only this category.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON on standard output.")
def main(
    address: str | None, runs: int, only: tuple[str, ...], paths: tuple[str, ...], categories: tuple[str, ...],
    as_json: bool,
) -> None:  # fmt: skip
    """Run Lighthouse over the shop at ADDRESS, or over a demo shop started for it."""
    if not PROGRAM.exists():
        raise click.ClickException("Lighthouse is not here: install Node with npm, then run this again.")
    with _shop(address) as base:
        pages = {name: PAGES[name] or _article(base) for name in only or (() if paths else tuple(PAGES))}
        pages |= {path: path for path in paths}
        seen = {name: _look(base + path, runs, categories or CATEGORIES) for name, path in pages.items()}
    _show(seen, runs)
    if as_json:
        click.echo(json.dumps({"runs": runs, "pages": {name: asdict(page) for name, page in seen.items()}}))
    sys.exit(0 if all(page.good for page in seen.values()) else 1)


@contextmanager
def _shop(address: str | None) -> Iterator[str]:
    if address:
        yield address.rstrip("/")
        return
    from tests.demo import free_port, start_demo, stop_demo

    console.print("Starting the demo shop …")
    running = start_demo(ROOT / ".nitka" / "lighthouse-demo", free_port())
    try:
        yield running.base
    finally:
        stop_demo(running)


def _article(base: str) -> str:
    """The first article that the sitemap lists."""
    with urllib.request.urlopen(f"{base}/sitemap-pages.xml") as reply:
        words = str(reply.read().decode())
    found = re.search(r"<loc>[^<]*(/en/article/[^<]+)</loc>", words)
    if found is None:
        raise click.ClickException("The sitemap lists no article in English; name pages with --only or --path.")
    return found.group(1)


def _look(address: str, runs: int, categories: tuple[str, ...]) -> Seen:
    for _ready in range(2):  # the first visitor after a change waits for everybody
        urllib.request.urlopen(address).close()
    reports = []
    for number in range(runs):
        console.print(f"[dim]{address} {number + 1}/{runs}", highlight=False)
        reports.append(_run(address, categories))
    scores = {}
    for name in categories:
        scores[name] = round(100 * median(one["categories"][name]["score"] or 0 for one in reports))
    feelings = {
        audit: round(median(one["audits"][audit]["numericValue"] for one in reports), 3)
        for audit in FEELINGS if audit in reports[0]["audits"]
    }  # fmt: skip
    seen = Seen(scores, feelings, median(one["environment"]["benchmarkIndex"] for one in reports))
    for report in reports:
        _complaints(report, seen)
    return seen


TRIES = 4  # a crowded machine now and then gives Chromium no time to start


def _run(address: str, categories: tuple[str, ...]) -> Any:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise click.ClickException("No Chromium on this machine; bin/setup says how to get it.")
    flags = ["--headless=new", "--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    trouble = ""
    for _try in range(TRIES):
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            command = [
                "node", str(PROGRAM), address, "--quiet", "--output=json", f"--output-path={report}",
                f"--only-categories={','.join(categories)}", f"--chrome-flags={' '.join(flags)}",
                "--max-wait-for-load=90000", "--no-enable-error-reporting",
            ]  # fmt: skip
            done = subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True)
            made = json.loads(report.read_text()) if report.exists() else {}
        trouble = (made.get("runtimeError") or {}).get("code") or done.stderr.strip()[-600:]
        if made and not made.get("runtimeError"):
            return made
        console.print(f"[dim]once more: {trouble[:80]}", highlight=False)
    raise click.ClickException(f"Lighthouse did not finish {address}: {trouble}")


def _complaints(report: Any, seen: Seen) -> None:
    for name, category in report["categories"].items():
        for reference in category["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if audit["score"] is None or audit["score"] >= 0.9 + 0.1 * (name != "performance"):
                continue
            if name == "performance":
                seen.slow[audit["id"]] = f"{audit['title']} {audit.get('displayValue', '')}".strip()
            elif reference["weight"]:
                seen.failed[audit["id"]] = [audit["title"], *_places(audit)]


def _places(audit: Any) -> list[str]:
    items = (audit.get("details") or {}).get("items") or []
    return [str((one.get("node") or {}).get("snippet") or one.get("description") or one)[:200] for one in items[:4]]


def _show(seen: dict[str, Seen], runs: int) -> None:
    table = Table(title=f"Lighthouse, a phone, median of {runs}; times in ms")
    table.add_column("page")
    names = [name for name in SHORT if any(name in page.scores for page in seen.values())]
    for heading in (*(SHORT[name] for name in names), *FEELINGS.values(), "machine"):
        table.add_column(heading, justify="right")
    for name, page in seen.items():
        kept = {**page.feelings}
        if "total-byte-weight" in kept:
            kept["total-byte-weight"] /= 1024
        figures = [f"{kept[audit]:,.2f}" if audit.endswith("shift") else f"{kept[audit]:,.0f}" if audit in kept else "–"
                   for audit in FEELINGS]  # fmt: skip
        table.add_row(name, *(str(page.scores[each]) for each in names), *figures, f"{page.machine:,.0f}")
    console.print(table)
    for name, page in seen.items():
        for audit, words in page.failed.items():
            console.print(f"{name}: {audit}: " + "\n    ".join(words), highlight=False, markup=False)
        for audit, sentence in page.slow.items():
            console.print(f"{name}: {audit}: {sentence}", highlight=False, markup=False)


if __name__ == "__main__":
    main()
