"""What belongs to whom: how the rows of every table hang on a person, so that they can be handed over or erased.

A domain says it in its private module `belongings.py`. What erasure does to a field is said by the model itself, in
`personal_data`; for tables of libraries, which cannot say it, by `declares`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils.module_loading import autodiscover_modules

from nitka.ground.ids import new_id, new_token

Declaration = Mapping[str, str]
# The domain of stand-in addresses: nothing is ever sent there (RFC 2606).
NOWHERE = "erased.invalid"


def is_nobodys(address: str) -> bool:
    """Whether an address stands for somebody who was erased: nothing may be sent there."""
    return address.strip().lower().endswith(f"@{NOWHERE}")


@dataclass(frozen=True, kw_only=True)
class Party:
    """One person by all that the house knows them by. Every domain finds its own rows by these.

    `ids` of the party itself and of rows that were merged into it; `logins` of accounts; `evidence` ids; `emails`
    in small letters; `marks`: every value they are known by, for tables that hold text alone; `references`: ids of
    what they ordered, for tables that know no people.
    """

    ids: frozenset[UUID] = frozenset()
    logins: frozenset[UUID] = frozenset()
    evidence: frozenset[UUID] = frozenset()
    emails: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    references: frozenset[UUID] = frozenset()


@dataclass
class StandIns:
    """What stands where a person was: fresh at every erasure, so that no two erasures and no way back are joined."""

    person: UUID = field(default_factory=new_id)
    _others: dict[UUID, UUID] = field(default_factory=dict)

    def of(self, known: UUID) -> UUID:
        """The same new id for the same old one within this erasure: counts of devices stay as they were."""
        return self._others.setdefault(known, new_id())

    def text(self, column: "models.Field[Any, Any]") -> str:
        """Empty, or a word that nobody has where a column wants each value once or an address."""
        if isinstance(column, models.EmailField):
            return f"erased-{new_token()[:16].lower()}@{NOWHERE}"
        return f"erased-{new_token()[:16]}" if column.unique else ""


Find = Callable[[Party], "QuerySet[Any]"]
Erase = Callable[[Party, StandIns], int]
Afterwards = Callable[[Party, StandIns], None]


@dataclass(frozen=True)
class Holding:
    """How the rows of one table hang on a person; `title` is what they are called in an export."""

    label: str
    find: Find
    title: Any
    delete: bool = False
    secret: frozenset[str] = frozenset()
    erase: Erase | None = None


_holdings: dict[str, Holding] = {}
_declared: dict[str, Declaration] = {}
_references: list[Callable[[Party], Collection[UUID]]] = []
_afterwards: list[Afterwards] = []


def belongs(
    label: str, title: Any, *, delete: bool = False, secret: Collection[str] = ()
) -> Callable[[Find], Find]:  # fmt: skip
    """Register how to find a person's rows of a table: `@belongs("orders.Order", _("Orders"))`.

    `delete`: rows go as a whole, where nothing that may stay is in them. `secret`: columns that are keys, which an
    export does not hand out, since whoever finds the file could use them.
    """

    def register(find: Find) -> Find:
        _holdings[label] = Holding(label, find, title, delete, frozenset(secret))
        return find

    return register


def erases(label: str) -> Callable[[Erase], Erase]:
    """Register an erasure of its own for a table that `belongs` names; it returns how many rows it changed."""

    def register(erase: Erase) -> Erase:
        _holdings[label] = replace(_holdings[label], erase=erase)
        return erase

    return register


def declares(label: str, personal_data: Declaration) -> None:
    """What a library's table holds of a person; our own models say it themselves."""
    _declared[label] = personal_data


def refers(find: Callable[[Party], Collection[UUID]]) -> Callable[[Party], Collection[UUID]]:
    """Register ids that stand for a person in tables that know no people, such as those of their orders."""
    _references.append(find)
    return find


def afterwards(deed: Afterwards) -> Afterwards:
    """Register what is to be summed up anew once all rows of a person are erased, in the same transaction."""
    _afterwards.append(deed)
    return deed


def holdings() -> dict[str, Holding]:
    """All tables with rows of people, by label, lowest rooms first."""
    autodiscover_modules("belongings")
    return dict(_holdings)


def declaration(model: type[models.Model]) -> Declaration | None:
    """What a table says that it holds of a person; None where it says nothing."""
    autodiscover_modules("belongings")
    own: Declaration | None = model.__dict__.get("personal_data")
    return own if own is not None else _declared.get(model._meta.label)


def with_references(party: Party) -> Party:
    """The same person, with the ids that stand for them elsewhere."""
    autodiscover_modules("belongings")
    return replace(party, references=frozenset(each for find in _references for each in find(party)))


def erase_all(party: Party, stand_ins: StandIns) -> dict[str, int]:
    """Do to every row of a person what its table declares. Returns how many rows of each table were met.

    To be called in a transaction. What a table is found by may be erased in another one, so all is found first.
    """
    found = {
        label: list(holding.find(party).values_list("pk", flat=True))
        for label, holding in holdings().items()
        if holding.erase is None
    }
    counts = {
        label: holding.erase(party, stand_ins) for label, holding in holdings().items() if holding.erase is not None
    }
    for label, keys in found.items():
        counts[label] = len(keys)
        if keys:
            _erase_rows(_holdings[label], keys, stand_ins)
    for deed in _afterwards:
        deed(party, stand_ins)
    return {label: count for label, count in counts.items() if count}


def _erase_rows(holding: Holding, keys: list[Any], stand_ins: StandIns) -> None:
    model: Any = apps.get_model(holding.label)
    if holding.delete:
        model._base_manager.filter(pk__in=keys).delete()
        return
    deeds = {name: deed for name, deed in (declaration(model) or {}).items() if deed in ("erase", "anonymise")}
    columns = [model._meta.get_field(name) for name in deeds]
    if not columns:
        return
    each_its_own = any(column.unique or isinstance(column, models.EmailField) for column in columns)
    for some in [[key] for key in keys] if each_its_own else [keys]:
        values = {column.attname: emptied(column, stand_ins) for column in columns}
        model._base_manager.filter(pk__in=some).update(**values)


def emptied(column: "models.Field[Any, Any]", stand_ins: StandIns) -> Any:
    """The value that tells nothing of anybody."""
    if column.null:
        return None
    if isinstance(column, models.CharField | models.TextField):
        return stand_ins.text(column)
    if isinstance(column, models.JSONField):
        return column.get_default() if column.has_default() else {}
    if isinstance(column, models.BinaryField):
        return b""
    if isinstance(column, models.UUIDField):
        return stand_ins.person
    raise TypeError(f"{column} cannot be emptied: delete its rows, or say how with @erases.")
