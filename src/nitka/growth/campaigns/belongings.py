"""How mentions hang on a person: by the customer whom the staff recognised in them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, StandIns, belongs, erases
from nitka.growth.campaigns.models import Mention


@belongs("campaigns.Mention", _("What you wrote about us in social networks"), secret=["fingerprint"])
def mentions(party: Party) -> QuerySet[Mention]:
    return Mention.objects.filter(customer_id__in=party.ids).order_by("at", "id")


@erases("campaigns.Mention")
def empty_mentions(party: Party, stand_ins: StandIns) -> int:
    """That there was one stays, so that it is not read in again; over there only its writer can take it away."""
    return mentions(party).update(author="", text="", address="", about="", customer=None, forgotten=True, state="done")
