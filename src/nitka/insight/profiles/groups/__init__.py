"""The groups of a profile, in the order in which they are shown. Each makes values of what is known."""

from django.utils.translation import gettext as _

from nitka.insight.profiles.groups import buying, coming, delivery, liking, motives, troubles, who
from nitka.insight.profiles.known import Known
from nitka.insight.profiles.views import ProfileGroup


def all_of(known: Known) -> tuple[ProfileGroup, ...]:
    """Every group that has something to say."""
    found = (
        ProfileGroup(name="motives", label=_("Why they buy"), values=tuple(motives.values(known))),
        ProfileGroup(name="buying", label=_("Orders"), values=tuple(buying.values(known))),
        ProfileGroup(name="delivery", label=_("Delivery"), values=tuple(delivery.values(known))),
        ProfileGroup(name="troubles", label=_("What annoyed them"), values=tuple(troubles.values(known))),
        ProfileGroup(name="liking", label=_("What they like"), values=tuple(liking.values(known))),
        ProfileGroup(name="coming", label=_("How they come"), values=tuple(coming.values(known))),
        ProfileGroup(name="who", label=_("Who"), values=tuple(who.values(known))),
    )
    return tuple(group for group in found if group.values)
