"""The shop's settings, with the two reference views mounted and without rate limits."""

from nitka.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
NITKA_RATE_LIMITS = False
