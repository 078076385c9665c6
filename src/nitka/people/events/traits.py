"""What programs of the merchant say of people: kept where the people told us nothing themselves."""

from datetime import timedelta
from typing import Any

from django.db.models import Max

from nitka.ground import clock
from nitka.ground.facts.followers import cursor_of, move_cursor
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people
from nitka.people.events.models import Event, Kind, Source

NAME = "events.traits"
AT_ONCE = 500
PATIENCE = timedelta(minutes=1)


def step() -> int:
    """Read what trusted sources identified since the cursor. Who is not settled yet is waited for, for a minute."""
    after, newest = cursor_of(NAME), Event.objects.aggregate(newest=Max("seq"))["newest"] or 0
    if newest <= after:
        return 0
    trusted = Source.objects.filter(trusted=True).values("id")
    rows = Event.objects.filter(seq__gt=after, seq__lte=newest, kind=Kind.IDENTIFY, source__in=trusted)
    found = list(rows.order_by("seq").values_list("seq", "evidence", "properties", "received_at")[:AT_ONCE])
    owners, upto, done = people.owners_of({each[1] for each in found}), newest, 0
    for seq, evidence, traits, received_at in found:
        owner = owners.get(evidence)
        if owner is None and received_at > clock.now() - PATIENCE:
            upto = seq - 1
            break
        if owner:
            customers.take_traits(customer_id=owner, **told(traits))
        upto, done = (seq if len(found) == AT_ONCE else newest), done + 1
    move_cursor(NAME, upto)
    return done


def told(traits: dict[str, Any]) -> dict[str, str]:
    """Name and telephone out of the reserved traits of the convention; "" for what is not there."""
    first, last = _text(traits, "firstName", "first_name"), _text(traits, "lastName", "last_name")
    return {"name": _text(traits, "name") or f"{first} {last}".strip(), "phone": _text(traits, "phone")}


def _text(traits: dict[str, Any], *names: str) -> str:
    return next((value.strip() for name in names if isinstance(value := traits.get(name), str)), "")
