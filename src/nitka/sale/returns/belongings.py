"""How cases hang on a person: by what they ordered. What they wrote and showed goes; sums stay for the books."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, belongs, refers
from nitka.sale.returns.models import Case, CaseLine, CasePhoto, CaseStep


@belongs("returns.Case", _("Returns, exchanges and complaints"), secret=["key"])
def cases(party: Party) -> QuerySet[Case]:
    """Those of the customer, and those of the address that belong to nobody."""
    nobodys = Q(customer_id=None, order__email__in=party.emails)
    return Case.objects.filter(Q(customer_id__in=party.ids) | nobodys).order_by("requested_at", "id")


@refers
def case_ids(party: Party) -> Collection[UUID]:
    """Parcels of a case bear its id."""
    return list(cases(party).values_list("id", flat=True))


@belongs("returns.CaseLine", _("What you sent back"))
def lines(party: Party) -> QuerySet[CaseLine]:
    return CaseLine.objects.filter(case__in=cases(party))


@belongs("returns.CaseStep", _("What happened to your returns"))
def steps(party: Party) -> QuerySet[CaseStep]:
    return CaseStep.objects.filter(case__in=cases(party))


@belongs("returns.CasePhoto", _("Photos that you sent us"), delete=True)
def photos(party: Party) -> QuerySet[CasePhoto]:
    return CasePhoto.objects.filter(case__in=cases(party))
