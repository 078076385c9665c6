"""Conversations with customers, over whatever channel they come."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from nitka.ground import clock
from nitka.ground.changes import CurrentTransaction, TransactionField
from nitka.ground.ids import new_code, new_id


def _code() -> str:
    return new_code("M", groups=(4, 4))


class Channel(models.TextChoices):
    """The ways in and out that there are. A new channel is one more word here."""

    FORM = "form", "form of the shop"
    MAIL = "mail", "e-mail"


class Cause(models.TextChoices):
    """Why people write, for us alone."""

    DELIVERY = "delivery", "delivery"
    PRODUCT = "product", "product"
    PAYMENT = "payment", "payment"
    RETURN = "return", "return"
    OTHER = "other", "other"


class Conversation(models.Model):
    """What one person and we write to each other about one matter. Each message says its channel for itself.

    `email` is where our answers go, whoever wrote last. `context` holds references alone: page, product, cart, mail.
    """

    personal_data = {
        "email": "erase", "name": "erase", "subject": "erase", "context": "erase", "last_words": "erase",
        "customer": "keep: an id alone", "evidence": "erase", "order_code": "keep: the code of an order that is kept",
    }  # fmt: skip

    class State(models.TextChoices):
        OPEN = "open", "waits for us"
        ANSWERED = "answered", "waits for them"
        CLOSED = "closed", "closed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=16, unique=True, default=_code)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL, related_name="+")
    evidence = models.UUIDField(null=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8)
    market = models.CharField(max_length=20, blank=True)
    subject = models.CharField(max_length=300)
    channel = models.CharField(max_length=12, choices=Channel)
    cause = models.CharField(max_length=12, choices=Cause, default=Cause.OTHER)
    # Who said the cause: the asker, a rule, or one of us.
    cause_by = models.CharField(max_length=40, default="rule")
    order_code = models.CharField(max_length=20, blank=True, db_index=True)
    context = models.JSONField(default=dict)
    about_mail = models.UUIDField(null=True, db_index=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    messages = models.PositiveIntegerField(default=0)
    last_words = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    changed_in = TransactionField(db_default=CurrentTransaction())

    class Meta:
        db_table = "desk_conversations"
        indexes = [
            models.Index(fields=["-last_at", "-id"], name="conversations_newest"),
            models.Index(fields=["state", "-last_at"], name="conversations_by_state"),
            models.Index(fields=["customer", "-last_at"], name="conversations_of_customer"),
            models.Index(fields=["email", "-last_at"], name="conversations_of_email"),
            models.Index(fields=["began_at"], name="conversations_began"),
            models.Index(fields=["changed_in"], name="conversations_changed"),
        ]
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="asker_email_is_small")]


class Message(models.Model):
    """One message, in or out. `text` is what was said, `whole` all that came with it: quotes, signature."""

    personal_data = {
        "text": "erase", "whole": "erase", "sender": "erase", "context": "erase", "mail_message_id": "erase",
        "author": "keep: an id of our own staff", "mail": "keep: an id alone",
    }  # fmt: skip

    class Direction(models.TextChoices):
        IN = "in", "to us"
        OUT = "out", "from us"

    class Kind(models.TextChoices):
        WORDS = "words", "written by a person"
        MACHINE = "machine", "written by a machine"
        BOUNCE = "bounce", "our mail came back"

    class Proof(models.IntegerChoices):
        """How sure it is that the owner of the conversation's address wrote it."""

        CLAIMED = 0, "anybody could have written it"
        GIVEN = 1, "the writer holds a mail that we sent to this address"
        SIGNED_IN = 2, "the writer was signed in"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey("desk.Conversation", on_delete=models.CASCADE, related_name="+")
    direction = models.CharField(max_length=3, choices=Direction)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.WORDS)
    channel = models.CharField(max_length=12, choices=Channel)
    author = models.UUIDField(null=True)
    sender = models.CharField(max_length=254, blank=True)
    proof = models.PositiveSmallIntegerField(choices=Proof, default=Proof.CLAIMED)
    text = models.TextField()
    whole = models.TextField(blank=True)
    mail = models.ForeignKey("contact.OutgoingMail", null=True, on_delete=models.SET_NULL, related_name="+")
    # The Message-ID of a mail, for the headers of answers to it.
    mail_message_id = models.CharField(max_length=510, blank=True)
    # Named by its channel, so that what comes twice is kept once.
    external_id = models.CharField(max_length=120, unique=True, null=True)
    context = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "desk_messages"
        indexes = [
            models.Index(fields=["conversation", "at", "id"], name="messages_in_order"),
            models.Index(fields=["sender", "-at"], name="messages_of_sender"),
            models.Index(fields=["mail_message_id"], name="messages_by_mail_id", condition=~Q(mail_message_id="")),
        ]


class MessageAttachment(models.Model):
    """A picture or paper that came with a message: of a kind that is safe to look at, told by its bytes."""

    personal_data = {"name": "erase", "content": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey("desk.Message", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=80)
    content = models.BinaryField()

    class Meta:
        db_table = "desk_message_attachments"
