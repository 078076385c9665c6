"""Who is here, and what they told us."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from nitka.ground import clock
from nitka.ground.ids import new_code, new_id


def _code() -> str:
    return new_code("C", groups=(4, 4))


class Customer(models.Model):
    """A person or company that buys or asks; known by e-mail, by sign-in, or not yet by either."""

    personal_data = {
        "email": "erase", "name": "erase", "phone": "erase", "birthday": "erase", "user": "erase",
        "heard_from": "anonymise", "preferred_channel": "erase",
    }  # fmt: skip

    class Channel(models.TextChoices):
        NONE = "", "no wish"
        EMAIL = "email", "e-mail"
        PHONE = "phone", "telephone"
        SMS = "sms", "SMS"
        WHATSAPP = "whatsapp", "WhatsApp"
        VIBER = "viber", "Viber"
        TELEGRAM = "telegram", "Telegram"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=16, unique=True, default=_code)
    email = models.EmailField(null=True, unique=True)
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, default="en")
    market = models.CharField(max_length=20, blank=True)
    units = models.CharField(max_length=8, default="metric")
    birthday = models.DateField(null=True)
    preferred_channel = models.CharField(max_length=12, choices=Channel, default=Channel.NONE, blank=True)
    heard_from = models.CharField(max_length=120, blank=True)
    user = models.OneToOneField("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "customers_customers"
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")) | Q(email=None), name="customer_email_is_small")
        ]

    def __str__(self) -> str:
        return self.code


class Address(models.Model):
    """A place that the customer wants parcels or invoices to go to."""

    personal_data = {
        "name": "erase", "company": "erase", "line1": "erase", "line2": "erase", "postcode": "erase",
        "city": "erase", "region": "anonymise", "country": "keep: a country alone names nobody", "phone": "erase",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    company = models.CharField(max_length=120, blank=True)
    line1 = models.CharField(max_length=200)
    line2 = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2)
    phone = models.CharField(max_length=20, blank=True)
    used_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "customers_addresses"
        indexes = [models.Index(fields=["customer", "-used_at"], name="addresses_last_used")]


class Occasion(models.Model):
    """A day that the customer wants us to remember, with or without its year."""

    personal_data = {"name": "erase", "month": "erase", "day": "erase", "year": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120, blank=True)
    month = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "customers_occasions"
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12), day__range=(1, 31)), name="occasion_is_a_day")
        ]


class Consent(models.Model):
    """One line of the ledger: what was allowed or taken back, where, on which text, when. Never changed."""

    personal_data = {"email": "anonymise", "customer": "keep: proof of consent, an id alone"}

    class State(models.TextChoices):
        GRANTED = "granted", "granted"
        WITHDRAWN = "withdrawn", "withdrawn"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.DO_NOTHING, related_name="+")
    email = models.EmailField(blank=True)
    purpose = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State)
    source = models.CharField(max_length=60)
    text_version = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "customers_consents"
        indexes = [
            models.Index(fields=["email", "purpose", "-at", "-id"], name="consent_newest_of_email"),
            models.Index(fields=["customer", "purpose", "-at"], name="consent_of_customer"),
        ]
