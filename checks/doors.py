"""The door rule for import-linter: from outside a domain only its actions, queries and facts may be imported."""

import grimp
from importlinter import Contract, ContractCheck, output

DOORS = {"actions", "queries", "facts"}
# Faces have views instead of verbs; what is public of them are their addresses, what may be asked of them, the
# collector and the ready pages that stand before them, readers of files, and feeds.
FACE_DOORS = {"urls", "queries", "feeds", "anonymous", "collect", "importing", "exporting", "visitors"}
OPEN_ROOMS = {"ground"}
OUTSIDE = {"config", "seeds"}


class DoorContract(Contract):
    """No options: domains are the packages two levels below `nitka`."""

    type_name = "doors"

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        broken = sorted(
            (importer, imported)
            for imported in graph.modules
            if (door := _door(imported)) is not None and not _open(imported, door)
            for importer in graph.find_modules_that_directly_import(imported)
            if _domain(importer) != _domain(imported) and ".tests" not in importer
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"- {importer} reaches through a door: {imported}")


def _parts(module: str) -> list[str]:
    return module.split(".")[1:]


def _domain(module: str) -> tuple[str, ...]:
    return tuple(_parts(module)[:2])


def _door(module: str) -> str | None:
    """The module's first name inside its domain; None for what is no domain's inside."""
    parts = _parts(module)
    return parts[2] if len(parts) > 2 and parts[0] not in OPEN_ROOMS | OUTSIDE else None


def _open(module: str, door: str) -> bool:
    return door in (FACE_DOORS if _parts(module)[0] == "faces" else DOORS)
