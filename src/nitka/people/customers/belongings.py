"""How what customers told us hangs on them, and what stays of it: an empty row, so that numbers still add up."""

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, StandIns, belongs, erases
from nitka.people.customers.models import (
    Address,
    Consent,
    Customer,
    CustomerLabel,
    Dismissal,
    Evidence,
    Findable,
    Link,
    Membership,
    Occasion,
    Refusal,
)


@belongs("customers.Customer", _("You"))
def customers(party: Party) -> QuerySet[Customer]:
    return Customer.objects.filter(id__in=party.ids)


@erases("customers.Customer")
def empty_customers(party: Party, stand_ins: StandIns) -> int:
    """The row stays as nobody's: orders and numbers hang on its id. Who comes back is met as somebody new."""
    return customers(party).update(
        email=None, name="", phone="", birthday=None, heard_from="", preferred_channel="", user=None, anchor=None
    )


@belongs("customers.Findable", _("Words by which our staff finds you"), delete=True)
def findable(party: Party) -> QuerySet[Findable]:
    return Findable.objects.filter(customer_id__in=party.ids)


@belongs("customers.Address", _("Addresses"), delete=True)
def addresses(party: Party) -> QuerySet[Address]:
    return Address.objects.filter(customer_id__in=party.ids)


@belongs("customers.Occasion", _("Days to remember"), delete=True)
def occasions(party: Party) -> QuerySet[Occasion]:
    return Occasion.objects.filter(customer_id__in=party.ids)


@belongs("customers.Consent", _("What you allowed and took back"))
def consents(party: Party) -> QuerySet[Consent]:
    found = Q(customer_id__in=party.ids) | Q(evidence__in=party.evidence) | Q(email__in=party.emails)
    return Consent.objects.filter(found).order_by("at", "id")


@erases("customers.Consent")
def empty_consents(party: Party, stand_ins: StandIns) -> int:
    """That something was allowed or taken back stays as proof; the device and the address do not."""
    keys = list(consents(party).values_list("id", flat=True))
    rows = Consent.objects.filter(id__in=keys)
    for known in set(rows.values_list("evidence", flat=True)) - {None}:
        assert known is not None
        rows.filter(evidence=known).update(evidence=stand_ins.of(known))
    return rows.update(email="")


@belongs("customers.Refusal", _("What we must not do"))
def refusals(party: Party) -> QuerySet[Refusal]:
    return Refusal.objects.filter(evidence__in=party.evidence)


@belongs("customers.Evidence", _("What we know you by"), delete=True)
def evidence(party: Party) -> QuerySet[Evidence]:
    return Evidence.objects.filter(id__in=party.evidence)


@belongs("customers.Link", _("Why we take these for one person"), delete=True)
def links(party: Party) -> QuerySet[Link]:
    return Link.objects.filter(Q(a__in=party.evidence) | Q(b__in=party.evidence))


@belongs("customers.Membership", _("Companies"), delete=True)
def memberships(party: Party) -> QuerySet[Membership]:
    return Membership.objects.filter(customer_id__in=party.ids).annotate(company_name=F("company__name"))


@belongs("customers.CustomerLabel", _("Labels"), delete=True)
def labels(party: Party) -> QuerySet[CustomerLabel]:
    return CustomerLabel.objects.filter(customer_id__in=party.ids)


@belongs("customers.Dismissal", _("Whom we do not take you for"), delete=True)
def dismissals(party: Party) -> QuerySet[Dismissal]:
    return Dismissal.objects.filter(Q(first_id__in=party.ids) | Q(second_id__in=party.ids))
