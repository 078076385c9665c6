"""Facts hold ids alone and stay; a person is shown those on their thread."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, belongs, declares
from nitka.ground.facts.models import FactRow


@belongs("facts.FactRow", _("What happened"))
def facts(party: Party) -> QuerySet[FactRow]:
    return FactRow.objects.filter(whose__in=party.ids).order_by("at", "id")


# Jobs name rows by their ids; what is done is removed after a while.
for _table in ("ProcrastinateJob", "ProcrastinateEvent", "ProcrastinatePeriodicDefer", "ProcrastinateWorker"):
    declares(f"procrastinate.{_table}", {})
