"""The merchant decides which variants are samples, and which can be tried at home."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.orders import special
from nitka.sale.orders.change_models import VariantTerms
from nitka.sale.orders.problems import OrderProblem


@transaction.atomic
def put_variant_terms(
    *, variant_id: UUID, per_person: int | None = None, period_days: int = 30, trial_days: int | None = None
) -> bool:
    """Sell a variant as a sample (`per_person` pieces of all samples together in `period_days`) or on trial at home
    for so many days. Without either it is sold like any other. Returns whether it has terms now."""
    if (per_person is not None and per_person < 1) or (trial_days is not None and trial_days < 1) or period_days < 1:
        raise OrderProblem(_("Allow at least one piece, and at least one day."))
    if per_person is None and trial_days is None:
        VariantTerms.objects.filter(variant_id=variant_id).delete()
    else:
        values = {"per_person": per_person, "period_days": period_days, "trial_days": trial_days}
        VariantTerms.objects.update_or_create(variant_id=variant_id, defaults=values)
    special.forget()
    transaction.on_commit(special.forget)
    return per_person is not None or trial_days is not None
