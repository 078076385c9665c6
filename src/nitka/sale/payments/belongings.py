"""How payments hang on a person: by what was paid, and by whose credit it is. Sums stay for the books."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, StandIns, belongs, erases
from nitka.sale.payments.credit.models import CreditAccount, CreditEntry, CreditTransfer
from nitka.sale.payments.models import Capture, GatewayEvent, PayerAccount, Payment, Refund, SavedMean
from nitka.sale.payments.risk.models import RiskAttempt
from nitka.sale.payments.statements.models import StatementLine


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


@erases("payments.SavedMean")
def erase_saved_means(party: Party, _fresh: StandIns) -> int:
    """What the gateways keep goes too: a task asks them, by the token that we forget here."""
    from nitka.sale.payments.tasks import forget_token

    rows = saved_means(party)
    for provider, token in rows.exclude(token="").values_list("provider", "token"):
        forget_token.later(provider=provider, token=token)
    gone, _by_table = rows.delete()
    return gone


@belongs("payments.PayerAccount", _("Your name at payment providers"), delete=True, secret=["ref"])
def payer_accounts(party: Party) -> QuerySet[PayerAccount]:
    return PayerAccount.objects.filter(customer_id__in=party.ids)


@belongs("payments.CreditAccount", _("Gift cards and store credit"), secret=["code_print"])
def credit(party: Party) -> QuerySet[CreditAccount]:
    """Theirs, and cards that were mailed to them. The money stays theirs whoever they are."""
    return CreditAccount.objects.filter(Q(customer_id__in=party.ids) | Q(recipient__in=party.emails))


@belongs("payments.CreditTransfer", _("Movements of credit"), secret=["key"])
def credit_transfers(party: Party) -> QuerySet[CreditTransfer]:
    return CreditTransfer.objects.filter(id__in=credit_entries(party).values("transfer_id"))


@belongs("payments.CreditEntry", _("Amounts of these movements"))
def credit_entries(party: Party) -> QuerySet[CreditEntry]:
    return CreditEntry.objects.filter(account_id__in=credit(party).values("id"))


@belongs(
    "payments.RiskAttempt", _("What the rules against fraud saw"), secret=["email", "ip", "device", "place", "card"]
)
def attempts(party: Party) -> QuerySet[RiskAttempt]:
    return RiskAttempt.objects.filter(reference__in=party.references)


@belongs("payments.StatementLine", _("Transfers that came"))
def statement_lines(party: Party) -> QuerySet[StatementLine]:
    """Of the shop's own account, by the orders they paid: kept as accounting asks."""
    return StatementLine.objects.filter(reference__in=party.references)
