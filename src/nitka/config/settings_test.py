"""Settings of the tests: the same house, a fast password hasher, no manifest of static files."""

import os
from pathlib import Path

os.environ.setdefault("NITKA_HOME", str(Path(__file__).resolve().parents[3] / ".nitka" / "test"))
os.environ.setdefault("NITKA_SECRET_KEY", "tests only")
os.environ.setdefault("NITKA_LOG_LEVEL", "WARNING")
os.environ["NITKA_DEMO"] = "1"

from nitka.config.settings import *  # noqa: F403
from nitka.config.settings import DATABASES, STORAGES

DATABASES["default"]["OPTIONS"].pop("pool", None)  # type: ignore[attr-defined]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
NITKA_RATE_LIMITS = False
