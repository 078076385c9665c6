"""The browser files: pinned, checked, joined; and a shop that works without the net."""

import base64
import hashlib
import io
import tarfile
import urllib.error
from dataclasses import replace
from pathlib import Path

import pytest

from nitka.ground.web import assets


def package(files: dict[str, bytes]) -> tuple[assets.Package, bytes]:
    """A package of our own, and its tarball."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(held.getvalue()).digest()).decode()
    font = assets.Font("thread.woff2", "Thread", "400", "U+0000-00FF")
    return assets.Package("@ours/thread", "1.0.0", integrity, (font,)), held.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for what is brought, and no npm to fall back on."""
    monkeypatch.setattr(assets, "VENDOR", tmp_path)
    monkeypatch.setattr(assets, "STAMP", tmp_path / "fonts.json")
    monkeypatch.setattr(assets.shutil, "which", lambda name: None)
    return tmp_path


def answer_with(monkeypatch: pytest.MonkeyPatch, tarball: bytes | None) -> list[str]:
    asked: list[str] = []

    def urlopen(url: str, timeout: float) -> io.BytesIO:
        asked.append(url)
        if tarball is None:
            raise urllib.error.URLError("no net")
        return io.BytesIO(tarball)

    monkeypatch.setattr(assets.urllib.request, "urlopen", urlopen)
    return asked


def test_a_font_is_fetched_once_and_stands_in_the_style_sheet(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pinned, tarball = package({"files/thread.woff2": b"woff", "LICENSE": b"OFL"})
    monkeypatch.setattr(assets, "PACKAGES", (pinned,))
    monkeypatch.setenv("npm_config_registry", "https://registry.example/")
    asked = answer_with(monkeypatch, tarball)
    assert assets.bring() == []
    assert assets.bring() == []
    assert asked == ["https://registry.example/@ours/thread/-/thread-1.0.0.tgz"]
    assert (folder / "fonts" / "thread.woff2").read_bytes() == b"woff"
    assert 'font-family:"Thread"' in (folder / "nitka.css").read_text()


def test_another_file_than_the_pinned_one_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pinned, _tarball = package({"files/thread.woff2": b"woff"})
    _other, wrong = package({"files/thread.woff2": b"evil"})
    monkeypatch.setattr(assets, "PACKAGES", (pinned,))
    answer_with(monkeypatch, wrong)
    (trouble,) = assets.bring()
    assert "not the file that was pinned" in trouble
    assert not (folder / "fonts" / "thread.woff2").exists()


def test_without_the_net_the_pages_still_have_their_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pinned, _tarball = package({"files/thread.woff2": b"woff"})
    monkeypatch.setattr(assets, "PACKAGES", (replace(pinned, version="2.0.0"),))
    answer_with(monkeypatch, None)
    (trouble,) = assets.bring()
    assert "run `python -m nitka.ground.web.assets` again" in trouble
    assert "@layer reset" in (folder / "nitka.css").read_text()
    assert "Thread" not in (folder / "nitka.css").read_text()
    assert "htmx" in (folder / "htmx.js").read_text()[:200]


def test_only_the_package_whose_pin_changed_is_fetched_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pinned, tarball = package({"files/thread.woff2": b"woff", "LICENSE": b"OFL"})
    other = replace(pinned, name="@ours/cloth", fonts=(replace(pinned.fonts[0], name="cloth.woff2"),))
    asked = answer_with(monkeypatch, tarball)
    monkeypatch.setattr(assets, "PACKAGES", (pinned, other))
    assert assets.bring() == []
    monkeypatch.setattr(assets, "PACKAGES", (pinned, replace(other, version="1.0.1")))
    assert assets.bring() == []
    assert [url.rpartition("/")[2] for url in asked] == ["thread-1.0.0.tgz", "cloth-1.0.0.tgz", "cloth-1.0.1.tgz"]


def test_what_is_squeezed_means_the_same() -> None:
    css = """a[title=": ,  x"] > b , i:hover { color : red; background: url("a,  b.svg"), none; } /* gone */
      .x :is(h2, h3) { --y: 1px, 2px; }"""
    assert assets._squeeze(css) == (
        'a[title=": ,  x"] > b ,i:hover{color :red;background:url("a,  b.svg"),none}.x :is(h2,h3){--y:1px,2px}\n'
    )


def test_no_comment_and_no_needless_space_of_our_scripts_is_sent(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "PACKAGES", ())
    assets.build()
    ours = sum(path.stat().st_size for path in (assets.SOURCES / "js").glob("*.js"))
    assert (folder / "nitka.js").stat().st_size < ours * 0.8


def test_what_is_served_keeps_its_budget(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    monkeypatch.setattr(assets, "PACKAGES", ())
    assets.bring()
    size = {path.name: len(gzip.compress(path.read_bytes())) for path in folder.glob("*.*s")}
    assert size["nitka.css"] < 30_000
    assert size["nitka.js"] + size["htmx.js"] < 60_000


def test_our_modules_import_nothing_and_evaluate_nothing() -> None:
    for path in (assets.SOURCES / "js").glob("*.js"):
        text = path.read_text("utf-8")
        assert "import " not in text and "eval(" not in text and "new Function" not in text, path.name
