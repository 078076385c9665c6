"""Store credit as a means of payment, beside another one: the gateway is our own ledger."""

from django.utils.translation import gettext as _

from nitka.sale.payments.credit.means import FromLedger


class StoreCredit(FromLedger):
    code = "store_credit"
    position = 91

    def name(self) -> str:
        return _("Store credit")

    def text(self) -> str:
        return _("What the shop owes you, used at checkout.")


PROVIDER = StoreCredit()
