"""What programs of the merchant say of people and their companies: kept where nobody told us themselves."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max

from nitka.ground import clock
from nitka.ground.facts.followers import cursor_of, move_cursor
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people
from nitka.people.events.models import Event, Kind, Source

NAME = "events.traits"
AT_ONCE = 500
PATIENCE = timedelta(minutes=1)
LONGEST_GROUP = 500


def step() -> int:
    """Read what trusted sources identified since the cursor. Who is not settled yet is waited for, for a minute."""
    after, newest = cursor_of(NAME), Event.objects.aggregate(newest=Max("seq"))["newest"] or 0
    if newest <= after:
        return 0
    trusted = dict(Source.objects.filter(trusted=True).values_list("id", "code"))
    kinds = (Kind.IDENTIFY, Kind.GROUP)
    rows = Event.objects.filter(seq__gt=after, seq__lte=newest, kind__in=kinds, source__in=list(trusted))
    found = list(rows.order_by("seq").only("seq", "kind", "source", "evidence", "properties", "received_at")[:AT_ONCE])
    owners, upto, done = people.owners_of({each.evidence for each in found}), newest, 0
    for each in found:
        owner = owners.get(each.evidence)
        if owner is None and each.received_at > clock.now() - PATIENCE:
            upto = each.seq - 1
            break
        if owner:
            _take(owner, each, trusted[each.source])
        upto, done = (each.seq if len(found) == AT_ONCE else newest), done + 1
    move_cursor(NAME, upto)
    return done


def _take(owner: UUID, event: Event, source: str) -> None:
    """Traits of a person, or the company that somebody belongs to."""
    said = event.properties
    if event.kind == Kind.IDENTIFY:
        customers.take_traits(customer_id=owner, **told(said))
    elif 0 < len(number := _text(said, "groupId")) <= LONGEST_GROUP:
        customers.take_company(customer_id=owner, source=source, number=number, name=_text(said, "name", "company"))


def told(traits: dict[str, Any]) -> dict[str, str]:
    """Name and telephone out of the reserved traits of the convention; "" for what is not there."""
    first, last = _text(traits, "firstName", "first_name"), _text(traits, "lastName", "last_name")
    return {"name": _text(traits, "name") or f"{first} {last}".strip(), "phone": _text(traits, "phone")}


def _text(traits: dict[str, Any], *names: str) -> str:
    return next((value.strip() for name in names if isinstance(value := traits.get(name), str)), "")
