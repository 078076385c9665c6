"""How mail hangs on a person: by the customer, and by the address that it was sent to."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, StandIns, belongs, erases
from nitka.people.contact.models import MailAttachment, OutgoingMail, PushNews, PushSubscription, Subscription


@belongs("contact.OutgoingMail", _("Mails to you"))
def mails(party: Party) -> QuerySet[OutgoingMail]:
    found = Q(customer_id__in=party.ids) | Q(to__in=party.emails) | Q(reply_to__in=party.emails)
    return OutgoingMail.objects.filter(found).order_by("created_at", "id")


@erases("contact.OutgoingMail")
def empty_mails(party: Party, stand_ins: StandIns) -> int:
    """That a mail was written stays, for the counts; what waits is not sent any more."""
    MailAttachment.objects.filter(mail__in=mails(party)).delete()
    keys = list(mails(party).values_list("id", flat=True))
    rows = OutgoingMail.objects.filter(id__in=keys)
    rows.filter(state__in=["queued", "sending"]).update(state=OutgoingMail.State.FAILED, leased_until=None)
    return rows.update(to="", subject="", text="", html="", headers={}, reply_to="", last_error="")


@belongs("contact.MailAttachment", _("Files that came with mails"), delete=True)
def attachments(party: Party) -> QuerySet[MailAttachment]:
    return MailAttachment.objects.filter(mail__in=mails(party))


@belongs("contact.Subscription", _("Newsletter"), delete=True, secret=["confirm_hash", "leave_token"])
def subscriptions(party: Party) -> QuerySet[Subscription]:
    return Subscription.objects.filter(email__in=party.emails)


@belongs("contact.PushSubscription", _("Devices that get news of your orders"), delete=True,
         secret=["endpoint", "endpoint_hash", "p256dh", "auth"])  # fmt: skip
def push_subscriptions(party: Party) -> QuerySet[PushSubscription]:
    """Those of the customer, and those that follow an order of theirs which belongs to nobody."""
    topics = [f"order:{each}" for each in party.references]
    return PushSubscription.objects.filter(Q(customer_id__in=party.ids) | Q(topic__in=topics))


@belongs("contact.PushNews", _("News on their way to your devices"), delete=True)
def push_news(party: Party) -> QuerySet[PushNews]:
    return PushNews.objects.filter(subscription__in=push_subscriptions(party))
