"""How well demand is foreseen, on a shop's real sales: bin/bench forecast.

From a file of invoice lines, weekly series a product. From several days of the past, each forecast sees only what was
before it. Error: sum of |said − sold| over sum of sold (WAPE), of the pieces of the next weeks; lower is better. The
service table asks what reorder points are for: how often the goods would have lasted, and how much that keeps lying.
"""

import json
import os
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import fmean
from typing import Any

import click
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
FIRST_ORIGIN, LEAST_HISTORY = 20, 8
SERVICES = (90, 95, 98)
Series = dict[str, list[int]]


@click.command()
@click.option("--sales", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Parquet of invoice lines.")
@click.option("--weeks", default=4, show_default=True, type=click.IntRange(1), help="How far to look ahead.")
@click.option(
    "--every", default=8, show_default=True, type=click.IntRange(1), help="Weeks from one origin to the next."
)
@click.option("--json", "as_json", is_flag=True)
def main(sales: Path | None, weeks: int, every: int, as_json: bool) -> None:
    """Our forecast against plain ones, and against statsforecast's where it is installed."""
    path = sales or _default()
    if path is None:
        raise click.ClickException("Say which sales to foresee with --sales, or set NITKA_DATA.")
    series = _load(path)
    length = len(next(iter(series.values())))
    origins = list(range(FIRST_ORIGIN, length - weeks + 1, every))
    figures = {
        "products": len(series), "weeks_of_history": length, "ahead": weeks, "origins": origins,
        "methods": {**_ours(series, origins, weeks), **_statsforecast(series, origins, weeks)},
        "service": _service(series, origins, weeks),
    }  # fmt: skip
    _report(figures)
    if as_json:
        click.echo(json.dumps(figures))


def _default() -> Path | None:
    folder = os.environ.get("NITKA_DATA") or str(ROOT.parent / "shared" / "data")
    path = Path(folder) / "online-retail" / "online_retail.parquet"
    return path if path.exists() else None


def _load(path: Path) -> Series:
    """Pieces sold by product and whole week; cancelled invoices and lines that are no goods are left out."""
    import duckdb

    rows = duckdb.sql(
        "SELECT StockCode, InvoiceDate::date AS day, sum(Quantity)::int FROM read_parquet($path)"
        " WHERE Quantity > 0 AND InvoiceNo NOT LIKE 'C%' AND StockCode SIMILAR TO '[0-9]{5}.*' GROUP BY 1, 2",
        params={"path": str(path)},
    ).fetchall()
    first = min(day for _code, day, _pieces in rows)
    length = (max(day for _code, day, _pieces in rows) - first).days // 7  # the last week is not whole
    series: Series = {}
    for code, day, pieces in rows:
        week = _week(day, first)
        if week < length:
            series.setdefault(code, [0] * length)[week] += pieces
    return series


def _week(day: date, first: date) -> int:
    return (day - first).days // 7


def _cases(series: Series, origin: int, weeks: int) -> list[tuple[str, list[int], int]]:
    """What was known then (from the first sale on), and what was sold after; too short a history is left out."""
    cases = []
    for code, sold in series.items():
        first = next((place for place, pieces in enumerate(sold[:origin]) if pieces), None)
        if first is not None and origin - first >= LEAST_HISTORY:
            cases.append((code, sold[first:origin], sum(sold[origin : origin + weeks])))
    return cases


def _ours(series: Series, origins: Sequence[int], weeks: int) -> dict[str, Any]:
    from nitka.shelf.inventory import forecasting

    methods: dict[str, Callable[[list[int]], float]] = {
        "nitka": lambda past: forecasting.outlook(past).weekly,
        "last week again": lambda past: past[-1],
        "mean of 4 weeks": lambda past: fmean(past[-4:]),
        "mean of 8 weeks": lambda past: fmean(past[-8:]),
        "mean of all weeks": fmean,
    }
    found = {}
    for name, method in methods.items():
        began = time.perf_counter()
        pairs = [
            (weeks * method(past), sold) for origin in origins for _code, past, sold in _cases(series, origin, weeks)
        ]
        found[name] = _errors(pairs) | {"seconds": round(time.perf_counter() - began, 2)}
    return found


def _errors(pairs: Sequence[tuple[float, int]]) -> dict[str, float]:
    total = sum(sold for _said, sold in pairs)
    return {
        "wape": round(sum(abs(said - sold) for said, sold in pairs) / total, 4),
        "bias": round(sum(said - sold for said, sold in pairs) / total, 4),
        "forecasts": len(pairs),
    }


def _statsforecast(series: Series, origins: Sequence[int], weeks: int) -> dict[str, Any]:
    """The methods of statsforecast for such series. It is no dependency: `pip install statsforecast` to compare."""
    try:
        import numpy as np
        import pandas as pd
        from statsforecast import StatsForecast
        from statsforecast import models as theirs
    except ImportError:
        return {}
    chosen = [
        theirs.SimpleExponentialSmoothingOptimized(), theirs.CrostonSBA(), theirs.ADIDA(), theirs.IMAPA(),
        theirs.TSB(0.1, 0.1), theirs.AutoETS(season_length=1), theirs.AutoTheta(season_length=1),
    ]  # fmt: skip
    pairs: dict[str, list[tuple[float, int]]] = {}
    began = time.perf_counter()
    for origin in origins:
        cases = _cases(series, origin, weeks)
        frames = [
            pd.DataFrame({"unique_id": code, "ds": np.arange(len(past)), "y": np.array(past, float)})
            for code, past, _sold in cases
        ]
        said = StatsForecast(models=chosen, freq=1, n_jobs=1).forecast(df=pd.concat(frames), h=weeks)
        sums = said.groupby("unique_id").sum(numeric_only=True)
        for name in (str(model) for model in chosen):
            pairs.setdefault(f"statsforecast {name}", []).extend(
                (float(sums.loc[code, name]), sold) for code, _past, sold in cases
            )
    seconds = round(time.perf_counter() - began, 2)
    return {name: _errors(found) | {"seconds": seconds} for name, found in pairs.items()}


def _service(series: Series, origins: Sequence[int], weeks: int) -> dict[str, Any]:
    """For each service level: how many cycles the reorder point would have covered, the share of the demand that could
    have been met, and the point as a multiple of the demand."""
    from nitka.shelf.inventory import forecasting

    found = {}
    for percent in SERVICES:
        cycles = covered = points = demand = met = 0
        for origin in origins:
            for _code, past, sold in _cases(series, origin, weeks):
                point = forecasting.reorder_point(forecasting.outlook(past), weeks=weeks, service_percent=percent)
                cycles, covered = cycles + 1, covered + (sold <= point)
                points, demand, met = points + point, demand + sold, met + min(sold, point)
        found[str(percent)] = {
            "cycles_covered": round(covered / cycles, 4), "demand_met": round(met / demand, 4),
            "point_to_demand": round(points / demand, 2),
        }  # fmt: skip
    return found


def _report(figures: dict[str, Any]) -> None:
    console = Console(width=110, stderr=True)
    title = f"{figures['products']} products, {figures['ahead']} weeks ahead, from weeks {figures['origins']}"
    table = Table(title=title)
    for name in ("method", "WAPE", "bias", "forecasts", "seconds"):
        table.add_column(name, justify="left" if name == "method" else "right")
    for name, each in sorted(figures["methods"].items(), key=lambda item: item[1]["wape"]):
        table.add_row(name, f"{each['wape']:.3f}", f"{each['bias']:+.3f}", str(each["forecasts"]), str(each["seconds"]))
    console.print(table)
    levels = Table(title="Reorder points: what was asked, and what would have come of it")
    for name in ("service level", "cycles covered", "demand met", "point / demand"):
        levels.add_column(name, justify="right")
    for percent, each in figures["service"].items():
        levels.add_row(f"{percent} %", f"{each['cycles_covered']:.1%}", f"{each['demand_met']:.1%}",
                       str(each["point_to_demand"]))  # fmt: skip
    console.print(levels)


if __name__ == "__main__":
    main()
