"""Settings that follow another one."""

import os
import subprocess
import sys


def test_the_public_address_has_the_port_that_is_served() -> None:
    told = {key: value for key, value in os.environ.items() if key != "NITKA_PUBLIC_URL"} | {"NITKA_PORT": "8123"}
    code = "from nitka.config import environment; print(environment.PUBLIC_URL.value)"
    ran = subprocess.run([sys.executable, "-c", code], env=told, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "http://localhost:8123"
