"""What customers tell."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class CustomerCame(Fact, kind="customers.customer_came", subject="customer_id", whose="customer_id"):
    """We know a person that we did not know before."""

    customer_id: UUID


@dataclass(frozen=True, kw_only=True)
class CustomerLinked(Fact, kind="customers.customer_linked", subject="customer_id", whose="customer_id"):
    """A customer proved by signing in who they are."""

    customer_id: UUID
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class CustomerTold(Fact, kind="customers.customer_told", subject="customer_id", whose="customer_id"):
    """A customer told us something of themselves; `topics` are names of fields, never their content."""

    customer_id: UUID
    topics: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ConsentChanged(Fact, kind="customers.consent_changed", subject="consent_id", whose="customer_id"):
    """A line was added to the ledger of consents."""

    consent_id: UUID
    customer_id: UUID | None
    purpose: str
    granted: bool
    evidence: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class PeopleMerged(Fact, kind="customers.people_merged", subject="customer_id"):
    """Two customers turned out to be one person: `other_id` leads to `customer_id` from now on."""

    customer_id: UUID
    other_id: UUID


@dataclass(frozen=True, kw_only=True)
class PeopleParted(Fact, kind="customers.people_parted", subject="customer_id"):
    """What was one customer is two people: `other_id` stands for itself again."""

    customer_id: UUID
    other_id: UUID


@dataclass(frozen=True, kw_only=True)
class CustomerErased(Fact, kind="customers.customer_erased", subject="customer_id"):
    """A customer was erased: whoever keeps something of theirs elsewhere forgets it too."""

    customer_id: UUID
