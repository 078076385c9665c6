"""Bring the browser files to where they are served from: fetch fonts and viewers, copy htmx, join our own.

Run as `python -m nitka.ground.web.assets` (bin/setup does). Fonts are cut to the letters and weights that pages use,
scripts and styles to what browsers read. Safe to repeat; quick when nothing changed.
"""

import base64
import hashlib
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import rjsmin

from nitka.ground.web.cutting import WEIGHTS, cut
from nitka.ground.web.mending import SWAPS, mend

STATIC = Path(__file__).parent / "static"
SOURCES = STATIC / "nitka"
VENDOR = STATIC / "vendor"
STAMP = VENDOR / "fonts.json"

LATIN = (
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,"
    "U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
)
POLISH = "U+0104-0107,U+0118-0119,U+0141-0144,U+015A-015B,U+0179-017C"
# What is left of it: a Polish page needs none of that, a foreign name seldom.
LATIN_EXT = (
    "U+0100-0103,U+0108-0117,U+011A-0140,U+0145-0159,U+015C-0178,U+017D-017F,U+0218-021B,U+02C7,U+02D8-02D9,U+02DB,"
    "U+02DD,U+2113,U+20A0-20AB,U+20AD-20BC,U+20BE-20C0"
)
RUBLE = "U+20BD"  # the packages keep it among the Latin letters, Russian prices need it at the first paint
CYRILLIC = "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116"
ARMENIAN = "U+0308,U+0530-058F,U+FB13-FB17"


class AssetProblem(Exception):
    """A browser file could not be brought here; the message says why and what to do."""


@dataclass(frozen=True)
class Font:
    """One woff2 file inside a package and the @font-face it becomes; `name` where a file becomes several."""

    file: str
    family: str
    weight: str
    unicode_range: str
    name: str = ""

    @property
    def served(self) -> str:
        return self.name or self.file


@dataclass(frozen=True)
class Package:
    """One pinned package of the npm registry, with the integrity value that the registry publishes for it."""

    name: str
    version: str
    integrity: str
    fonts: tuple[Font, ...] = ()
    scripts: tuple[str, ...] = ()  # paths inside the package; served under their own names
    files: tuple[tuple[str, str], ...] = ()  # (path inside the package, path below vendor), byte by byte


PACKAGES = (
    Package(
        "@fontsource-variable/noto-sans",
        "5.3.0",
        "sha512-e3ZuxzY9AL2psXPZlhwhnYrHUHv6PMoyK9MQ7croF0CUgURLqu9EMjW7q2FgVLwij1tjLsIHQrnwQ8aUcg4BiA==",
        (
            Font("noto-sans-latin-wght-normal.woff2", "Noto Sans", WEIGHTS, LATIN),
            Font("noto-sans-latin-ext-wght-normal.woff2", "Noto Sans", WEIGHTS, POLISH, "noto-sans-polish.woff2"),
            Font("noto-sans-latin-ext-wght-normal.woff2", "Noto Sans", WEIGHTS, RUBLE, "noto-sans-ruble.woff2"),
            Font("noto-sans-latin-ext-wght-normal.woff2", "Noto Sans", WEIGHTS, LATIN_EXT),
            Font("noto-sans-cyrillic-wght-normal.woff2", "Noto Sans", WEIGHTS, CYRILLIC),
        ),
    ),
    Package(
        "@fontsource-variable/noto-sans-armenian",
        "5.3.0",
        "sha512-cNeeH0q7pTLEzRTxRbxTRB/N26J75hReLbxpaKq7H/7sz1wCR0Ww7deXZITFbe+yb8ZgodC4UWbQsL9knKXJQg==",
        (Font("noto-sans-armenian-armenian-wght-normal.woff2", "Noto Sans", WEIGHTS, ARMENIAN),),
    ),
    Package(
        "@fontsource/noto-serif-display",
        "5.3.0",
        "sha512-iVZR/eTQSfko9H0wZ0f+ogY5JSSH464nsRc7DZcsN0Kx7Qe41yg1IrQWILhe1dScyREMXceO+h+ar2kK9Wer8A==",
        (
            Font("noto-serif-display-latin-500-normal.woff2", "Noto Serif Display", "500", LATIN),
            Font(
                "noto-serif-display-latin-ext-500-normal.woff2",
                "Noto Serif Display",
                "500",
                POLISH,
                "noto-serif-display-polish.woff2",
            ),
            Font(
                "noto-serif-display-latin-ext-500-normal.woff2",
                "Noto Serif Display",
                "500",
                RUBLE,
                "noto-serif-display-ruble.woff2",
            ),
            Font("noto-serif-display-latin-ext-500-normal.woff2", "Noto Serif Display", "500", LATIN_EXT),
            Font("noto-serif-display-cyrillic-500-normal.woff2", "Noto Serif Display", "500", CYRILLIC),
        ),
    ),
    Package(
        "@fontsource/noto-serif-armenian",
        "5.3.0",
        "sha512-kWKEd1YgIlWjOHPsfO0XO+O222TFwXI1Lz3szGyMcF6W+isCafE9xsItG1dTr2zqIw+2b2JL5VylGUsMMTT/XQ==",
        # The lighter cut: its strokes are as strong as those of the Latin and Cyrillic beside it.
        (Font("noto-serif-armenian-armenian-400-normal.woff2", "Noto Serif Display", "500", ARMENIAN),),
    ),
    # How fast pages feel, as browsers measure it; loaded only for who agreed to be measured.
    Package(
        "web-vitals",
        "6.2.3",
        "sha512-Dmy+vdO1UPMqXiAtZSNayhl4f794Bxfd94W4HIj2HlYtczEQfEOon969memlcpcHrTuOKLa5baFjX7WbgmOq+A==",
        scripts=("dist/web-vitals.js",),
    ),
    # 3-D and AR; loaded only by who asks to see a product so.
    Package(
        "@google/model-viewer",
        "4.4.0",
        "sha512-8z1SB5sPlzKoak5mdx/D31brBakPYm3Qi31EfAucHAUrtrHHCbabypkKvSwReYhUpPaxyJ46oT47uWE/hrs1Zw==",
        scripts=("dist/model-viewer.min.js",),
    ),
    # Decoders of packed models, of the release that the viewer is built with: else it would ask Google for them.
    Package(
        "three",
        "0.183.2",
        "sha512-di3BsL2FEQ1PA7Hcvn4fyJOlxRRgFYBpMTcyOgkwJIaDOdJMebEFPA+t98EvjuljDx4hNulAGwF6KIjtwI5jgQ==",
        files=(
            ("examples/jsm/libs/draco/gltf/draco_decoder.wasm", "decoders/draco_decoder.wasm"),
            ("examples/jsm/libs/draco/gltf/draco_wasm_wrapper.js", "decoders/draco_wasm_wrapper.js"),
            ("examples/jsm/libs/basis/basis_transcoder.wasm", "decoders/basis_transcoder.wasm"),
            ("examples/jsm/libs/basis/basis_transcoder.js", "decoders/basis_transcoder.js"),
        ),
    ),
)

# The fonts that a page preloads: the subsets its letters are in. A preloaded `optional` font is there at the first
# paint or not at all on that page, so that no line is broken anew under the reader's eyes.
_LATIN = ("noto-sans-latin-wght-normal.woff2", "noto-serif-display-latin-500-normal.woff2")
_POLISH = ("noto-sans-polish.woff2", "noto-serif-display-polish.woff2")
_CYRILLIC = ("noto-sans-cyrillic-wght-normal.woff2", "noto-serif-display-cyrillic-500-normal.woff2")
_RUBLE = ("noto-sans-ruble.woff2", "noto-serif-display-ruble.woff2")
_ARMENIAN = ("noto-sans-armenian-armenian-wght-normal.woff2", "noto-serif-armenian-armenian-400-normal.woff2")
# Figures and names of products are Latin in every language.
TEXT_FONTS = {
    "bg": _CYRILLIC + _LATIN,
    "ru": _CYRILLIC + _LATIN + _RUBLE,
    "hy": _ARMENIAN + _LATIN,
    "pl": _LATIN + _POLISH,
}


@lru_cache(maxsize=16)
def text_fonts(language: str) -> tuple[str, ...]:
    """Static paths of the font files that pages in `language` preload; none when the fonts were never fetched."""
    paths = ("vendor/fonts/" + name for name in TEXT_FONTS.get(language, _LATIN))
    return tuple(path for path in paths if (STATIC / path).exists())


def is_here(path: str) -> bool:
    """Whether a file that set-up fetches came; a shop that was set up without a net goes without it."""
    return (STATIC / path).exists()


def bring(*, force: bool = False) -> list[str]:
    """Fetch what is missing and build the served CSS and JavaScript; return sentences about what did not work."""
    (VENDOR / "fonts").mkdir(parents=True, exist_ok=True)
    troubles = _fetch([package for package in PACKAGES if force or not _is_here(package)])
    troubles += _copy_htmx()
    build()
    return troubles


def build() -> None:
    """Join our style sheets and modules into the files that pages link: one each for shop and back office."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    css, js = sorted((SOURCES / "css").glob("*.css")), sorted((SOURCES / "js").glob("*.js"))
    _write(VENDOR / "nitka.css", _font_faces() + "".join(_squeeze(p.read_text("utf-8")) for p in css))
    _write(VENDOR / "nitka.js", "".join(_block(path) for path in js))
    for path in sorted((SOURCES / "alone").glob("*.js")):
        _write(VENDOR / path.name, _tight(path.read_text("utf-8")))
    for path in sorted((SOURCES / "alone").glob("*.css")):
        _write(VENDOR / path.name, _squeeze(path.read_text("utf-8")))


def _block(path: Path) -> str:
    # Every module of ours stands alone (no imports), so a block gives each its own names within one file.
    return f"{{{_tight(path.read_text('utf-8'))}}}\n"


def _tight(js: str) -> str:
    """A module without its comments and spaces; its names stay, for whoever reads it in a browser."""
    return str(rjsmin.jsmin(js)).strip()


# What stands in quotes stays as it is. Before the colon of a declaration is its name, in a selector there is no space
# behind the colon.
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_SPACED = re.compile(r" ?([{};]) ?|([:,]) ")


def _squeeze(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    parts = _QUOTED.split(css)
    tight = "".join(
        part if place % 2 else _SPACED.sub(r"\1\2", re.sub(r"\s+", " ", part)) for place, part in enumerate(parts)
    )
    return tight.replace(";}", "}").strip() + "\n"


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def _font_faces() -> str:
    faces = []
    for font in (font for package in PACKAGES for font in package.fonts):
        if (VENDOR / "fonts" / font.served).exists():
            faces.append(
                f'@font-face{{font-family:"{font.family}";font-weight:{font.weight};font-display:optional;'
                f'src:url(fonts/{font.served}) format("woff2");unicode-range:{font.unicode_range}}}\n'
            )
    return "".join(faces)


def _pin(package: Package) -> str:
    """What is said of a package here, and so what a fetched copy was made by."""
    return json.dumps([asdict(package), SWAPS if package.files else {}], sort_keys=True)


def _stamps() -> dict[str, str]:
    try:
        found = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_here(package: Package) -> bool:
    if _stamps().get(package.name) != _pin(package):
        return False
    return all((VENDOR / place).exists() for place in _places(package))


def _places(package: Package) -> list[str]:
    """Where what comes of the package lies below vendor."""
    fonts = [f"fonts/{font.served}" for font in package.fonts]
    return [*fonts, *(Path(script).name for script in package.scripts), *(place for _inside, place in package.files)]


def _fetch(packages: Sequence[Package]) -> list[str]:
    troubles = []
    for package in packages:
        try:
            _unpack(package, _download(package))
        except AssetProblem as problem:
            troubles.append(str(problem))
        else:
            _write(STAMP, json.dumps(_stamps() | {package.name: _pin(package)}))
    return troubles


def _unpack(package: Package, tarball: bytes) -> None:
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        for font in package.fonts:
            whole = _held(archive, package, f"files/{font.file}")
            _keep(VENDOR / "fonts" / font.served, cut(whole, font.unicode_range))
        for script in package.scripts:
            text = re.sub(r"(?m)^//# sourceMappingURL=.*$", "", _held(archive, package, script).decode())
            _write(VENDOR / Path(script).name, text)
        for inside, place in package.files:
            _keep(VENDOR / place, mend(place, _held(archive, package, inside)))
        license_text = archive.extractfile("package/LICENSE")
        if license_text is not None:
            (VENDOR / "fonts" / f"{package.name.split('/')[-1]}.LICENSE").write_bytes(license_text.read())


def _held(archive: tarfile.TarFile, package: Package, inside: str) -> bytes:
    try:
        member = archive.extractfile(f"package/{inside}")
    except KeyError:
        member = None
    if member is None:
        raise AssetProblem(f"{package.name} {package.version} has no file {Path(inside).name}.")
    return member.read()


def _keep(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_bytes(content)
    part.replace(target)


def _registry() -> str:
    for name in ("npm_config_registry", "NPM_CONFIG_REGISTRY"):
        if os.environ.get(name):
            return os.environ[name].rstrip("/")
    npmrc = Path.home() / ".npmrc"
    if npmrc.is_file():
        for line in npmrc.read_text("utf-8", "replace").splitlines():
            key, _, value = line.partition("=")
            if key.strip() == "registry" and value.strip():
                return value.strip().rstrip("/")
    return "https://registry.npmjs.org"


def _download(package: Package) -> bytes:
    url = f"{_registry()}/{package.name}/-/{package.name.split('/')[-1]}-{package.version}.tgz"
    if not url.startswith(("https://", "http://")):
        raise AssetProblem(f"The npm registry address is not a web address: {_registry()}")
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310
            tarball = answer.read()
    except (urllib.error.URLError, OSError) as error:
        tarball = _npm_pack(package)
        if tarball is None:
            raise AssetProblem(
                f"Could not fetch {package.name} {package.version} from {_registry()} ({error}). The shop works"
                " without it, with the fonts of the reader's machine; run `python -m nitka.ground.web.assets` again"
                " when online."
            ) from error
    algorithm, _, wanted = package.integrity.partition("-")
    if base64.b64encode(hashlib.new(algorithm, tarball).digest()).decode() != wanted:
        raise AssetProblem(f"{url} is not the file that was pinned: its {algorithm} differs. Nothing was unpacked.")
    return tarball


def _npm_pack(package: Package) -> bytes | None:
    npm = shutil.which("npm")
    if npm is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", f"{package.name}@{package.version}", "--pack-destination", folder, "--silent"]
        try:
            subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=120)  # noqa: S603
        except (subprocess.SubprocessError, OSError):
            return None
        tarballs = list(Path(folder).glob("*.tgz"))
        return tarballs[0].read_bytes() if tarballs else None


def _copy_htmx() -> list[str]:
    found = importlib.util.find_spec("django_htmx")
    if found is None or found.origin is None:
        return ["django-htmx is not installed: pages work, but every click loads a whole page."]
    source = Path(found.origin).parent / "static" / "django_htmx" / "htmx-2.min.js"
    text = re.sub(r"(?m)^//# sourceMappingURL=.*$", "", source.read_text("utf-8"))
    _write(VENDOR / "htmx.js", text)
    return []


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: `--force` fetches again. Exit code 0 also when offline, since the shop works without."""
    words = sys.argv[1:] if arguments is None else arguments
    for trouble in bring(force="--force" in words):
        sys.stderr.write(trouble + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
