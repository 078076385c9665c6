"""How what companies agreed hangs on a person."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, belongs
from nitka.sale.companies.models import Approval, MemberRule, Quote, QuoteLine, ReorderLine, ReorderList


@belongs("companies.MemberRule", _("What you may spend for a company"), delete=True)
def rules(party: Party) -> QuerySet[MemberRule]:
    return MemberRule.objects.filter(customer_id__in=party.ids)


@belongs("companies.Approval", _("Approvals that you asked for"))
def approvals(party: Party) -> QuerySet[Approval]:
    return Approval.objects.filter(customer_id__in=party.ids)


@belongs("companies.Quote", _("Quotes that you asked for"))
def quotes(party: Party) -> QuerySet[Quote]:
    return Quote.objects.filter(customer_id__in=party.ids)


@belongs("companies.QuoteLine", _("What you asked a price for"))
def quote_lines(party: Party) -> QuerySet[QuoteLine]:
    return QuoteLine.objects.filter(quote__in=quotes(party))


@belongs("companies.ReorderList", _("Lists for ordering again"))
def lists(party: Party) -> QuerySet[ReorderList]:
    return ReorderList.objects.filter(customer_id__in=party.ids)


@belongs("companies.ReorderLine", _("What stands on your lists"))
def list_lines(party: Party) -> QuerySet[ReorderLine]:
    return ReorderLine.objects.filter(list__in=lists(party))
