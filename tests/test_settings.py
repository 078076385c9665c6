"""Settings that follow another one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("told_in", ["environment", "file"])
def test_the_public_address_has_the_port_that_is_served(tmp_path: Path, told_in: str) -> None:
    told = {key: value for key, value in os.environ.items() if key not in {"NITKA_PUBLIC_URL", "NITKA_PORT"}}
    if told_in == "file":
        (tmp_path / "nitka.env").write_text("NITKA_PORT=8123\n")
    else:
        told["NITKA_PORT"] = "8123"
    code = (
        "from nitka.config.cli import main; main(['serve', '--help'], standalone_mode=False);"
        "from nitka.config import environment; print(environment.PUBLIC_URL.value)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], env=told, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "http://localhost:8123"
