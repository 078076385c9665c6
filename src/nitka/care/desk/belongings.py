"""How conversations hang on a person. That one was held, about what and for how long stays; its words do not."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.care.desk.models import Conversation, Message, MessageAttachment
from nitka.ground.belongings import Party, StandIns, belongs, erases


@belongs("desk.Conversation", _("Conversations"))
def conversations(party: Party) -> QuerySet[Conversation]:
    found = Q(customer_id__in=party.ids) | Q(email__in=party.emails) | Q(evidence__in=party.evidence)
    return Conversation.objects.filter(found).order_by("began_at", "id")


@erases("desk.Conversation")
def empty_conversations(party: Party, stand_ins: StandIns) -> int:
    keys = list(conversations(party).values_list("id", flat=True))
    rows = Conversation.objects.filter(id__in=keys)
    rows.exclude(evidence=None).update(evidence=stand_ins.person)
    return rows.update(email="", name="", subject="", context={}, last_words="")


@belongs("desk.Message", _("Messages"))
def messages(party: Party) -> QuerySet[Message]:
    found = Q(conversation__in=conversations(party)) | Q(sender__in=party.emails)
    return Message.objects.filter(found).order_by("at", "id")


@belongs("desk.MessageAttachment", _("Files that came with messages"), delete=True)
def attachments(party: Party) -> QuerySet[MessageAttachment]:
    return MessageAttachment.objects.filter(message__in=messages(party))
