"""How filled-in forms hang on a person."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, belongs
from nitka.shelf.content.models import Submission


@belongs("content.Submission", _("Forms that you filled in"), secret=["once"], delete=True)
def submissions(party: Party) -> QuerySet[Submission]:
    found = Q(customer_id__in=party.ids) | Q(email__in=party.emails)
    return Submission.objects.filter(found).order_by("at", "id")
