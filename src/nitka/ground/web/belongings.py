"""What requests leave behind is kept for a day at most, and found by the words in it."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, belongs, declares
from nitka.ground.web.models import RateCount, StoredAnswer


def holding(column: str, words: frozenset[str]) -> Q:
    """Where a column of text holds any of these words; nothing where there are none."""
    found = Q(pk__in=[])
    for word in words:
        found |= Q(**{f"{column}__icontains": word})
    return found


@belongs("web.StoredAnswer", _("Answers to repeated requests"), delete=True)
def answers(party: Party) -> QuerySet[StoredAnswer]:
    return StoredAnswer.objects.filter(holding("body", party.emails))


@belongs("web.RateCount", _("Counts of requests"), delete=True)
def counts(party: Party) -> QuerySet[RateCount]:
    return RateCount.objects.filter(holding("key", party.emails))


declares("contenttypes.ContentType", {})
