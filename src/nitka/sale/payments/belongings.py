"""How payments hang on a person: by what was paid. Sums and the gateway's numbers stay for the books."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, belongs
from nitka.sale.payments.models import Capture, GatewayEvent, PayerAccount, Payment, Refund, SavedMean


@belongs("payments.Payment", _("Payments"), secret=["key"])
def payments(party: Party) -> QuerySet[Payment]:
    return Payment.objects.filter(reference__in=party.references)


@belongs("payments.Refund", _("Money back"), secret=["key"])
def refunds(party: Party) -> QuerySet[Refund]:
    return Refund.objects.filter(payment__reference__in=party.references)


@belongs("payments.GatewayEvent", _("What payment providers told us"))
def gateway_events(party: Party) -> QuerySet[GatewayEvent]:
    return GatewayEvent.objects.filter(payment__reference__in=party.references)


@belongs("payments.Capture", _("Money taken"), secret=["key"])
def captures(party: Party) -> QuerySet[Capture]:
    return Capture.objects.filter(payment__reference__in=party.references)


@belongs("payments.SavedMean", _("Saved means of payment"), delete=True, secret=["token", "payer_ref"])
def saved_means(party: Party) -> QuerySet[SavedMean]:
    return SavedMean.objects.filter(customer_id__in=party.ids)


@belongs("payments.PayerAccount", _("Your name at payment providers"), delete=True, secret=["ref"])
def payer_accounts(party: Party) -> QuerySet[PayerAccount]:
    return PayerAccount.objects.filter(customer_id__in=party.ids)
