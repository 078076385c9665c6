"""The shop's settings, with the two reference views mounted and without rate limits."""

import os

from nitka.config.settings import *  # noqa: F403
from nitka.config.settings import DATABASES

ROOT_URLCONF = "bench.urls"
NITKA_RATE_LIMITS = False

if os.environ.get("NITKA_BENCH_POOL") == "off":
    DATABASES["default"]["OPTIONS"].pop("pool", None)  # type: ignore[attr-defined]
