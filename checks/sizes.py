"""Small files, small functions, names that say something. Migrations and tests may be longer functions, not files."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES, FUNCTION_LINES = 400, 40
NAMELESS = {"utils", "util", "helpers", "helper", "misc", "common", "services", "service", "manager", "managers"}


def complaints(path: Path) -> list[str]:
    where = path.relative_to(ROOT)
    text = path.read_text(encoding="utf-8")
    found = []
    if len(text.splitlines()) > FILE_LINES:
        found.append(f"{where}: {len(text.splitlines())} lines; {FILE_LINES} at most. Split by verb or by noun.")
    if path.stem in NAMELESS:
        found.append(f"{where}: a drawer without a name. Name it after what is in it.")
    if "tests" in path.parts:
        return found
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{where}:{node.lineno} {node.name}: {length} lines; {FUNCTION_LINES} at most.")
    return found


def room_complaints() -> list[str]:
    found = []
    for room in sorted(path for path in (ROOT / "src/nitka").iterdir() if path.is_dir()):
        if room.name in {"config", "locale", "seeds", "__pycache__"}:
            continue
        domains = [path for path in room.iterdir() if (path / "apps.py").exists()]
        if len(domains) > 6:
            found.append(f"{room.name}: {len(domains)} domains; six at most. Split the room.")
        for place in [room, *domains]:
            if not (place / "README.md").exists():
                found.append(f"{place.relative_to(ROOT)}: no README.md")
    return found


def main() -> int:
    files = [
        path
        for folder in ("src", "tests", "bench", "checks")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]
    found = [line for path in files for line in complaints(path)] + room_complaints()
    print("\n".join(found) or f"{len(files)} files, none too long.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
