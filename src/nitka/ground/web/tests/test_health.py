import json

import pytest

from nitka.ground.web import health


def probe(path: str) -> tuple[str, dict[str, bool]]:
    seen: list[str] = []
    application = health.with_probes(lambda environ, start: [b"the shop"])
    body = b"".join(application({"PATH_INFO": path}, lambda status, headers: seen.append(status)))
    return seen[0], json.loads(body)


def test_alive_needs_no_host_and_no_database() -> None:
    assert probe("/livez") == ("200 OK", {"live": True})


@pytest.mark.django_db(transaction=True)
def test_ready_when_the_database_answers_and_is_migrated() -> None:
    assert probe("/readyz") == ("200 OK", {"database": True, "migrations": True})


@pytest.mark.django_db(transaction=True)
def test_not_ready_without_a_database(monkeypatch) -> None:
    def broken() -> None:
        raise OSError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(health.connection, "cursor", broken)
        status, checks = probe("/readyz")
    assert status.startswith("503")
    assert checks == {"database": False, "migrations": False}
