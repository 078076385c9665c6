"""Keys that a shop makes for itself at its first start."""

from pathlib import Path

import pytest

from nitka.config import environment
from nitka.people.contact.pushing import letters, vapid


def test_the_key_of_push_messages_is_made_once_and_read_by_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NITKA_HOME", str(tmp_path))
    first = environment.vapid_key()
    assert environment.vapid_key() == first and len(letters.read(first)) == 32
    assert len(letters.read(vapid.public_key(first))) == 65
    assert (tmp_path / "vapid.key").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("NITKA_VAPID_PRIVATE_KEY", "another")
    assert environment.vapid_key() == "another"
