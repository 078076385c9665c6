from pathlib import Path

import pytest


def test_search_keeps_its_figures_on_judged_queries(nitka_data: Path) -> None:
    measuring = pytest.importorskip("bench.search")
    folder = nitka_data / "icecat"
    result = measuring.measure(folder / "products.jsonl.gz", folder / "judgments.csv")
    assert result["ndcg_at_10"] >= 0.77
    assert result["ndcg_at_10_judged"] >= 0.85
    assert result["difference_interval"][0] > -0.01
    assert result["difference_judged_interval"][0] > -0.01
