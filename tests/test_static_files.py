"""Static files are compressed once for each content, and what is large with less effort."""

import gzip
from pathlib import Path

import brotli
import pytest

from nitka.config import statics


def test_a_file_and_its_copy_with_a_hash_are_compressed_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    squeeze = brotli.compress

    def counted(data: bytes, quality: int) -> bytes:
        done.append(quality)
        return bytes(squeeze(data, quality=quality))

    monkeypatch.setattr(statics.brotli, "compress", counted)
    style = b"a { color: red } " * 200
    for name in ("nitka.css", "nitka.0628f003a655.css"):
        (tmp_path / name).write_bytes(style)
    (tmp_path / "viewer.js").write_bytes(b"x = 1;\n" * statics.LARGE)
    compressor = statics.Once(quiet=True)
    for path in sorted(tmp_path.iterdir()):
        assert len(compressor.compress(str(path))) == 2
    assert sorted(done) == [9, 11]
    for name in ("nitka.css", "nitka.0628f003a655.css"):
        assert brotli.decompress((tmp_path / f"{name}.br").read_bytes()) == style
        assert gzip.decompress((tmp_path / f"{name}.gz").read_bytes()) == style
