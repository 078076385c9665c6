"""Who is here, and what they told us."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from nitka.ground import clock
from nitka.ground.ids import new_code, new_id


def _code() -> str:
    return new_code("C", groups=(4, 4))


def _company_code() -> str:
    return new_code("F", groups=(4, 4))


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
    # The row of a person that turned out to be another one; its orders stay with it, its id leads there for ever.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    # The evidence that this row was made for: wherever that goes, the row goes.
    anchor = models.UUIDField(null=True, unique=True, editable=False)

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

    personal_data = {
        "email": "anonymise", "customer": "keep: proof of consent, an id alone",
        "evidence": "keep: proof of consent, an id alone",
    }  # fmt: skip

    class State(models.TextChoices):
        GRANTED = "granted", "granted"
        WITHDRAWN = "withdrawn", "withdrawn"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.DO_NOTHING, related_name="+")
    email = models.EmailField(blank=True)
    evidence = models.UUIDField(null=True)
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
            models.Index(
                fields=["evidence", "purpose", "-at"], name="consent_of_evidence", condition=Q(evidence__isnull=False)
            ),
        ]


class Refusal(models.Model):
    """A standing no of somebody who may be nobody yet: under this evidence nothing is done for that purpose."""

    personal_data = {"evidence": "keep: the no must outlive an erasure, an id alone"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    evidence = models.UUIDField()
    purpose = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "customers_refusals"
        constraints = [models.UniqueConstraint(fields=["evidence", "purpose"], name="one_refusal_a_purpose")]


class Evidence(models.Model):
    """Something that a person is known by: a browser, a login, an e-mail address, a telephone, the id of a channel.

    The id follows from kind and value, so that whoever meets the evidence knows its id without asking.
    """

    personal_data = {"value": "erase", "customer": "keep: an id alone"}

    class Kind(models.TextChoices):
        DEVICE = "device", "browser or device"
        LOGIN = "login", "sign-in"
        EMAIL = "email", "e-mail"
        PHONE = "phone", "telephone"
        WHATSAPP = "whatsapp", "WhatsApp"
        MESSENGER = "messenger", "Messenger"
        INSTAGRAM = "instagram", "Instagram"
        TELEGRAM = "telegram", "Telegram"
        VIBER = "viber", "Viber"
        EXTERNAL = "external", "number in another system"

    class Standing(models.IntegerChoices):
        CLAIMED = 0, "claimed"
        GIVEN = 1, "given"
        VERIFIED = 2, "verified"

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.CharField(max_length=320)
    standing = models.PositiveSmallIntegerField(choices=Standing, default=Standing.CLAIMED)
    source = models.CharField(max_length=60)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL, related_name="+")
    shared = models.BooleanField(default=False)
    settled = models.BooleanField(default=False)
    first_seen = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "customers_evidence"
        indexes = [models.Index(fields=["id"], name="evidence_unsettled", condition=Q(settled=False))]


class Link(models.Model):
    """A reason to think that two pieces of evidence are one person. Undone, it stays as history and never counts."""

    personal_data = {"undone_by": "keep: the id of an account of the staff"}

    class Trust(models.IntegerChoices):
        CLAIMED = 0, "claimed"
        GIVEN = 1, "given"
        PROVED = 2, "proved"
        DECIDED = 3, "decided"

    class Reason(models.TextChoices):
        EVENT = "event", "an event"
        SIGN_IN = "sign_in", "signed in"
        CHECKOUT = "checkout", "checked out"
        MAIL_CLICK = "mail_click", "clicked in a mail"
        CHANNEL = "channel", "wrote from a channel"
        TOLD = "told", "told us"
        STAFF = "staff", "decided by staff"
        IMPORT = "import", "imported"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    a = models.UUIDField()
    b = models.UUIDField()
    reason = models.CharField(max_length=12, choices=Reason)
    trust = models.PositiveSmallIntegerField(choices=Trust)
    source = models.CharField(max_length=60)
    at = models.DateTimeField(default=clock.now)
    made_by = models.UUIDField(null=True)
    settled = models.BooleanField(default=False)
    # Its two ends are different people (now): something for a person to decide.
    apart = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)

    class Meta:
        db_table = "customers_links"
        constraints = [
            models.CheckConstraint(condition=Q(a__lt=models.F("b")), name="link_has_one_direction"),
            models.UniqueConstraint(
                fields=["a", "b", "reason"], condition=~Q(reason="staff"), name="one_link_a_reason"
            ),
            # Staff may merge again what staff has undone; each time is a row of the history.
            models.UniqueConstraint(
                fields=["a", "b"], condition=Q(reason="staff", undone_at=None), name="one_living_decision"
            ),
        ]
        indexes = [
            models.Index(fields=["a"], name="links_of_a"),
            models.Index(fields=["b"], name="links_of_b"),
            models.Index(fields=["id"], name="links_unsettled", condition=Q(settled=False)),
            models.Index(fields=["id"], name="links_apart", condition=Q(apart=True, undone_at=None)),
        ]


class Dismissal(models.Model):
    """That staff looked at two customers who could be one, and said no."""

    personal_data = {"by": "keep: the id of an account of the staff"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+")
    by = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "customers_dismissals"
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_dismissal_a_pair")]


class Company(models.Model):
    """A firm or society that people buy and ask for."""

    personal_data = {"name": "keep: the name of a company, not of a person"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=16, unique=True, default=_company_code)
    name = models.CharField(max_length=160)
    tax_number = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True)
    # What a program of the merchant calls it: the source and its own number.
    external = models.CharField(max_length=560, null=True, unique=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "customers_companies"


class Membership(models.Model):
    """That a customer acts for a company, and as what."""

    personal_data = {"customer": "erase", "role": "erase"}

    class Role(models.TextChoices):
        BUYER = "buyer", "buyer"
        APPROVER = "approver", "approver"
        ACCOUNTANT = "accountant", "accountant"
        ADMIN = "admin", "administrator"
        OTHER = "other", "other"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey("customers.Company", on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=12, choices=Role, default=Role.BUYER)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "customers_memberships"
        constraints = [models.UniqueConstraint(fields=["company", "customer"], name="one_membership_a_company")]


class CustomerLabel(models.Model):
    """A word that the shop puts on a customer: VIP, wholesale, staff. Prices and promotions may ask for it."""

    personal_data = {"customer": "erase", "label": "erase", "source": "keep: who or what put it on, no person"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=40)
    source = models.CharField(max_length=60)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "customers_labels"
        constraints = [models.UniqueConstraint(fields=["customer", "label"], name="one_label_a_customer")]
        indexes = [models.Index(fields=["label"], name="customers_by_label")]


class Erasure(models.Model):
    """That a customer was erased: when, by whom, how many rows of which tables. Nothing of the person."""

    personal_data = {
        "customer_id": "keep: the id of an emptied row", "by": "keep: the id of an account, proof of who did it",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer_id = models.UUIDField(db_index=True)
    by = models.UUIDField(null=True)
    rows = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "customers_erasures"


class Findable(models.Model):
    """What a search by name, address or telephone compares, in plain letters (`letters.plain`); see `finding`."""

    personal_data = {"text": "erase"}

    customer = models.OneToOneField(
        "customers.Customer", primary_key=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    # Words begin with a space, so that the beginning of a word can be looked for.
    text = models.TextField()

    class Meta:
        db_table = "customers_search"
        indexes = [
            # Reads must be quick at all times, so a write does not leave its part for later.
            GinIndex(OpClass(F("text"), "gin_trgm_ops"), name="customers_by_letters", fastupdate=False)
        ]
