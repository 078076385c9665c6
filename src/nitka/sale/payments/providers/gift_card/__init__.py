"""Gift cards as a means of payment, beside another one: the gateway is our own ledger."""

from django.utils.translation import gettext as _

from nitka.sale.payments.credit.means import FromLedger


class GiftCard(FromLedger):
    code = "gift_card"
    position = 90

    def name(self) -> str:
        return _("Gift card")

    def text(self) -> str:
        return _("Type its code at checkout.")


PROVIDER = GiftCard()
