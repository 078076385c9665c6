"""Summaries are not kept of an erased person: they are made again from what is left of orders and events."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, StandIns, afterwards, belongs, erases
from nitka.insight.profiles import keeping
from nitka.insight.profiles.models import Behaviour, Buying
from nitka.people.events import queries as events


@belongs("profiles.Behaviour", _("What your visits say, month by month"))
def behaviours(party: Party) -> QuerySet[Behaviour]:
    return Behaviour.objects.filter(evidence__in=party.evidence)


@erases("profiles.Behaviour")
def forget_behaviours(party: Party, stand_ins: StandIns) -> int:
    """The follower stands still until the end, so that it brings nothing back that it has read already."""
    keeping.stop_follower()
    return behaviours(party).delete()[0]


@belongs("profiles.Buying", _("What your orders say"), delete=True)
def buyings(party: Party) -> QuerySet[Buying]:
    return Buying.objects.filter(customer_id__in=party.ids)


@afterwards
def sum_up_again(party: Party, stand_ins: StandIns) -> None:
    """What a rebuild would make of the emptied rows, so that nothing differs from one."""
    until, nobody = keeping.stop_follower(), [stand_ins.person]
    for month in events.months_with_events(nobody):
        states = {(whose, month): state for whose, state in keeping.computed_behaviour(month, until, nobody)}
        keeping.write_behaviour(states)
    keeping.lock_buying(party.ids)
    keeping.write_buying(keeping.computed_buying(party.ids))
