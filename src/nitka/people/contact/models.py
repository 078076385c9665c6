"""What goes out, and who asked for news."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from nitka.ground import clock
from nitka.ground.ids import new_id, new_token


class Sender(models.Model):
    """How the shop signs its mail: one row, written by whoever keeps the shop's settings."""

    personal_data = {"address": "keep: the shop's own address, on every mail"}

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    shop_name = models.CharField(max_length=120, default="Nitka")
    address = models.EmailField(default="shop@localhost")
    footer = models.TextField(blank=True)
    country = models.CharField(max_length=2, blank=True, default="", db_default="")  # ends the footer
    accent = models.CharField(max_length=7, default="#B4472E")

    class Meta:
        db_table = "contact_sender"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_sender")]


class OutgoingMail(models.Model):
    """A mail as it was rendered, and what became of it."""

    personal_data = {
        "to": "erase", "subject": "erase", "text": "erase", "html": "erase", "headers": "erase",
        "reply_to": "erase", "last_error": "erase", "customer": "keep: an id alone",
    }  # fmt: skip

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        SENDING = "sending", "sending"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"
        KEPT = "kept", "kept in the mailbox"
        DROPPED = "dropped", "for nobody: its reader was erased"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    to = models.EmailField()
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=8)
    template = models.CharField(max_length=120)
    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    reply_to = models.CharField(max_length=254, blank=True)
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "contact_mails"
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="mails_newest"),
            models.Index(fields=["to", "-created_at"], name="mails_to"),
            models.Index(fields=["state"], name="mails_waiting", condition=Q(state__in=["queued", "sending"])),
        ]


class MailAttachment(models.Model):
    """A file that goes with a mail, as it was when the mail was written."""

    personal_data = {"name": "erase", "content": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mail = models.ForeignKey("contact.OutgoingMail", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=80)
    content = models.BinaryField()

    class Meta:
        db_table = "contact_mail_attachments"


class Subscription(models.Model):
    """A wish for the newsletter, from the asking to the leaving. Whether we may write is said by the ledger alone."""

    personal_data = {"email": "erase", "device": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    # The browser that asked, where it may be known: once the mailbox says yes, it was its owner's.
    device = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=8)
    source = models.CharField(max_length=60)
    text_version = models.CharField(max_length=40)
    confirm_hash = models.CharField(max_length=64, blank=True, db_index=True)
    confirm_until = models.DateTimeField(null=True)
    leave_token = models.CharField(max_length=40, unique=True, default=new_token)
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "contact_subscriptions"
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="subscriber_email_is_small")]


class PushSubscription(models.Model):
    """A browser that gets news of one thing: of an order. Its address belongs to its maker's push service."""

    personal_data = {
        "endpoint": "erase", "p256dh": "erase", "auth": "erase", "name": "erase", "customer": "keep: an id alone",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    endpoint = models.CharField(max_length=2000)
    endpoint_hash = models.CharField(max_length=64)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    topic = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    name = models.CharField(max_length=60, blank=True, db_default="")  # as its owner knows it: "Firefox, Android"
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "contact_push_subscriptions"
        constraints = [models.UniqueConstraint(fields=["endpoint_hash", "topic"], name="push_once_for_a_topic")]
        indexes = [models.Index(fields=["topic"], name="push_of_a_topic")]


class PushNews(models.Model):
    """News on their way to one browser; gone once they were handed over."""

    personal_data = {"title": "erase", "body": "erase", "path": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subscription = models.ForeignKey("contact.PushSubscription", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=500)
    path = models.CharField(max_length=300)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "contact_push_news"
