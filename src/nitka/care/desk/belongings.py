"""How conversations hang on a person: by the customer, and by the address that wrote."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.care.desk.models import Conversation, Message, MessageAttachment
from nitka.ground.belongings import Party, StandIns, belongs, erases


@belongs("desk.Conversation", _("Questions to us"))
def conversations(party: Party) -> QuerySet[Conversation]:
    """Those of the customer, and those of the address that belong to nobody."""
    found = Q(customer_id__in=party.ids) | Q(customer_id=None, email__in=party.emails)
    return Conversation.objects.filter(found).order_by("began_at", "id")


@erases("desk.Conversation")
def empty_conversations(party: Party, stand_ins: StandIns) -> int:
    """That somebody asked, when and why stays, for the counts. Without an address nobody can be answered any more."""
    return Conversation.objects.filter(id__in=conversations(party).values("id")).update(
        email="", name="", subject="", last_words="", context={}, evidence=None
    )


@belongs("desk.Message", _("What you and we wrote"))
def messages(party: Party) -> QuerySet[Message]:
    """All that was said in their conversations, and what they wrote into another's."""
    found = Q(conversation__in=conversations(party)) | Q(sender__in=party.emails)
    return Message.objects.filter(found).order_by("at", "id")


@belongs("desk.MessageAttachment", _("Files that came with what you wrote"), delete=True)
def attachments(party: Party) -> QuerySet[MessageAttachment]:
    return MessageAttachment.objects.filter(message__in=messages(party))
