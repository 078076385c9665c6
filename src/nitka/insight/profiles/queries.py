"""Questions about profiles."""

from uuid import UUID

from django.utils.translation import gettext as _

from nitka.insight.profiles import groups, known
from nitka.insight.profiles.views import ProfileGroup, ProfileValue, ProfileView
from nitka.people.customers import queries as customers

__all__ = ["ProfileGroup", "ProfileValue", "ProfileView", "profile_of"]


def profile_of(customer_id: UUID) -> ProfileView | None:
    """All that is known of a customer, in the active language, each value with its origin; some fifteen queries.

    Any id of a person leads to the one that stands for them now. Weights have faded to this moment. What the person
    did is left out where they take consent back; orders stay. None for an unknown id.
    """
    customer = customers.customer(customers.canonical(customer_id))
    if customer is None:
        return None
    found = known.gather(customer)
    return ProfileView(customer_id=customer.id, groups=groups.all_of(found), notes=_notes(found))


def _notes(found: known.Known) -> tuple[str, ...]:
    notes = {
        "analytics": _("Visits, devices and troubles are not computed: there is no consent to analytics."),
        "personalisation": _("Interests and searches are not computed: there is no consent to personalisation."),
    }
    return tuple(notes[purpose] for purpose in sorted(found.withheld))
