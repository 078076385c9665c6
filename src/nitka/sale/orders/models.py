"""Orders, as they were agreed: prices, names and addresses are copies that later changes do not reach.

An order with a `source` was brought from another system: history, which no verb of ours moves on. Only such history
may hold credit notes and entries of the books, which are below zero, and lines whose unit price is no whole number of
minor units.
"""

from django.db import models
from django.db.models import F, Q

from nitka.ground import clock
from nitka.ground.changes import CurrentTransaction, TransactionField
from nitka.ground.ids import new_id

_SUM = F("goods_minor") - F("discount_minor") + F("delivery_minor") + F("payment_fee_minor")


class Order(models.Model):
    """One order. What happened to it stands in its steps; `status` is the last word of them, kept for lists."""

    personal_data = {
        "email": "anonymise", "name": "anonymise", "phone": "anonymise", "note": "erase",
        "shipping_address": "keep: invoices are kept as tax law asks", "told_us": "erase",
        "billing_address": "keep: invoices are kept as tax law asks",
        "vat_number": "keep: invoices are kept as tax law asks",
        "po_number": "keep: a company's number of the invoice",
        "number": "keep: the number of the invoice elsewhere", "imported": "keep: what of the file has no field here",
    }  # fmt: skip

    class Status(models.TextChoices):
        AWAITING = "awaiting", "awaits its card"
        FAILED = "failed", "never placed"
        PLACED = "placed", "placed"
        PAID = "paid", "paid"
        PACKED = "packed", "packed"
        PART_SHIPPED = "part_shipped", "a part of it left"
        SHIPPED = "shipped", "shipped"
        DELIVERED = "delivered", "delivered"
        CANCELLED = "cancelled", "cancelled"
        CREDITED = "credited", "a credit note of another system"
        ADJUSTED = "adjusted", "an entry of another system's books, no sale"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    idempotency_key = models.CharField(max_length=120, unique=True, null=True)
    # One living order a cart. A failed one lets go of it, so that the cart can be tried again.
    cart_id = models.UUIDField(unique=True, null=True)
    came_from_cart = models.UUIDField(null=True, db_index=True)
    cart_version = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=12, choices=Status, default=Status.AWAITING)
    paid = models.BooleanField(default=False)
    secured = models.BooleanField(default=False, db_default=False)  # the money is set aside, and taken at shipment
    customer_id = models.UUIDField(null=True, db_index=True)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5)
    market = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    shipping_address = models.JSONField(default=dict)
    billing_address = models.JSONField(default=dict)
    told_us = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    currency = models.CharField(max_length=3)
    tax_included = models.BooleanField()
    goods_minor = models.BigIntegerField()
    discount_minor = models.BigIntegerField(default=0)
    delivery_minor = models.BigIntegerField(default=0)
    payment_fee_minor = models.BigIntegerField(default=0)
    tax_minor = models.BigIntegerField(default=0)
    delivery_tax_minor = models.BigIntegerField(default=0)
    total_minor = models.BigIntegerField()
    refunded_minor = models.BigIntegerField(default=0)
    taxes = models.JSONField(default=list)
    # What the shopper was told of the border: the fields of shipping's Duties; what is charged is in `delivery_minor`.
    duties = models.JSONField(default=dict, db_default={})
    # How the sale was taxed (a word of pricing), the sentence the law asks for, and the buyer's number behind it.
    tax_kind = models.CharField(max_length=20, blank=True, default="", db_default="")
    tax_note = models.CharField(max_length=300, blank=True, default="", db_default="")
    vat_number = models.CharField(max_length=20, blank=True, default="", db_default="")
    # A company that bought, the number that it gave the purchase, and the day by which it pays.
    company_id = models.UUIDField(null=True)
    po_number = models.CharField(max_length=40, blank=True, default="", db_default="")
    due_on = models.DateField(null=True)
    coupon_codes = models.JSONField(default=list)
    promotions = models.JSONField(default=list, db_default=[])  # [{id, label, code, minor, kind}], as it was said then
    delivery_code = models.CharField(max_length=40)
    promise = models.JSONField(default=dict)
    payment_method = models.CharField(max_length=40)
    payment_choice = models.CharField(max_length=40, blank=True)
    payment_id = models.UUIDField(null=True)  # the main payment: of what gift cards and credit left to pay
    credit_minor = models.BigIntegerField(default=0, db_default=0)  # paid by gift cards and store credit
    # "" none asked for; pending: a person must look before it is packed; cleared; refused
    review = models.CharField(max_length=8, blank=True, default="", db_default="")
    risk_score = models.PositiveSmallIntegerField(default=0, db_default=0)
    hold_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    placed_at = models.DateTimeField(null=True)
    changed_in = TransactionField(db_default=CurrentTransaction())
    # Of history alone: the system it came from, its number there, and a print of what the file said.
    source = models.CharField(max_length=40, blank=True, default="", db_default="")
    number = models.CharField(max_length=80, blank=True, default="", db_default="")
    fingerprint = models.CharField(max_length=32, blank=True, default="", db_default="")
    imported = models.JSONField(default=dict, db_default={})

    class Meta:
        db_table = "orders_orders"
        constraints = [
            models.CheckConstraint(
                condition=Q(credit_minor=0) | Q(credit_minor__gt=0, credit_minor__lte=F("total_minor")),
                name="credit_within_total",
            ),
            models.CheckConstraint(
                condition=Q(tax_included=True, total_minor=_SUM)
                | Q(tax_included=False, total_minor=_SUM + F("tax_minor")),
                name="order_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(total_minor__gte=0) | Q(status__in=["credited", "adjusted"]), name="order_not_negative"
            ),
            models.UniqueConstraint(fields=["source", "number"], condition=~Q(source=""), name="each_import_once"),
        ]
        indexes = [
            models.Index(fields=["-placed_at", "-id"], name="orders_newest"),
            models.Index(fields=["email", "-placed_at"], name="orders_by_email"),
            models.Index(fields=["changed_in"], name="orders_changed"),
            models.Index(
                fields=["company_id", "-placed_at"], condition=Q(company_id__isnull=False), name="orders_of_companies"
            ),
            models.Index(
                fields=["due_on"], condition=Q(payment_method="on_account", paid=False), name="orders_on_account"
            ),
            models.Index(fields=["placed_at"], condition=Q(review="pending"), name="orders_to_review"),
            models.Index(
                fields=["hold_until"], condition=Q(status__in=["awaiting", "placed"], paid=False), name="orders_unpaid"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def due_minor(self) -> int:
        """What the main payment is for: the total without what gift cards and store credit paid."""
        return self.total_minor - self.credit_minor


class OrderLine(models.Model):
    """What was bought, copied."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    variant_id = models.UUIDField(null=True, db_index=True)  # none where history names goods that we never had
    product_id = models.UUIDField(null=True)
    sku = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    option_text = models.CharField(max_length=300, blank=True)
    picture = models.CharField(max_length=400, blank=True)
    weight_g = models.PositiveIntegerField(default=0)
    quantity = models.IntegerField()
    gift = models.BooleanField(default=False, db_default=False)
    unit_minor = models.BigIntegerField()
    # Of history alone: the unit price as it was written, which may hold parts of a minor unit.
    unit_text = models.CharField(max_length=40, blank=True, default="", db_default="")
    list_minor = models.BigIntegerField()
    discount_minor = models.BigIntegerField(default=0)
    total_minor = models.BigIntegerField()
    # A piece on trial at home: the day by which it goes back, agreed with the order.
    trial_until = models.DateField(null=True)
    tax_rate = models.DecimalField(max_digits=6, decimal_places=3)
    tax_minor = models.BigIntegerField()
    # Pieces that left, and pieces that will not come: what is left of the line is still to be sent.
    shipped = models.PositiveIntegerField(default=0, db_default=0)
    cancelled = models.PositiveIntegerField(default=0, db_default=0)
    boxed = models.PositiveIntegerField(default=0, db_default=0)  # pieces in the box that stands open

    class Meta:
        db_table = "orders_lines"
        ordering = ("position",)
        constraints = [
            models.CheckConstraint(
                condition=Q(shipped=0, cancelled=0, boxed=0)
                | Q(quantity__gte=F("shipped") + F("cancelled") + F("boxed")),
                name="no_more_leaves_than_was_bought",
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0) | ~Q(unit_text=""), name="order_line_has_pieces"),
            models.CheckConstraint(
                condition=Q(total_minor=F("unit_minor") * F("quantity") - F("discount_minor")) | ~Q(unit_text=""),
                name="order_line_adds_up",
            ),
        ]


class ParcelLine(models.Model):
    """Which pieces of a line are in which parcel."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="+")
    shipment = models.ForeignKey("shipping.Shipment", on_delete=models.PROTECT, related_name="+")
    pieces = models.PositiveIntegerField()

    class Meta:
        db_table = "orders_parcel_lines"
        constraints = [
            models.UniqueConstraint(fields=["line", "shipment"], name="a_line_once_a_parcel"),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="a_parcel_line_has_pieces"),
        ]


class OrderStep(models.Model):
    """One thing that happened to an order: the state as records."""

    personal_data = {"actor": "keep: who of the staff did it", "note": "erase"}

    class Kind(models.TextChoices):
        PLACED = "placed", "placed"
        PAID = "paid", "paid"
        PACKED = "packed", "packed"
        PART_SHIPPED = "part_shipped", "a part of it left"
        SHIPPED = "shipped", "shipped"
        DELIVERED = "delivered", "delivered"
        CANCELLED = "cancelled", "cancelled"
        SHORTENED = "shortened", "pieces that will not come"
        REFUNDED = "refunded", "refunded"
        LAPSED = "lapsed", "a cancellation that the money overtook"
        OVERDUE = "overdue", "told that payment is overdue"
        WITHDRAWN = "withdrawn", "withdrawal declared"
        CREDITED = "credited", "credit note written elsewhere"
        ADJUSTED = "adjusted", "entry of the books elsewhere"
        CHANGED = "changed", "changed by the shopper"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField(default=clock.now)
    actor = models.CharField(max_length=60, blank=True)  # "", "shop" or the id of a person of the staff
    note = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "orders_steps"
        ordering = ("at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind"],
                condition=~Q(kind__in=["refunded", "withdrawn", "part_shipped", "shortened", "changed"]),
                name="each_step_once",
            )
        ]


class LegalEntity(models.Model):
    """A firm that sells in some markets under its own name and numbers. Where there is none, the shop sells."""

    personal_data = {}

    code = models.SlugField(primary_key=True, max_length=20)
    markets = models.JSONField(default=list)
    seller = models.JSONField(default=dict)  # the fields of content's `Shop` that stand on an invoice
    invoice_prefix = models.CharField(max_length=20, blank=True)
    credit_prefix = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "orders_legal_entities"

    def __str__(self) -> str:
        return self.code


class InvoiceSeries(models.Model):
    """The last number of an entity's papers of a kind and year. Locked while the next is given: none is lost or given
    twice."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entity = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=11)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "orders_invoice_series"
        constraints = [models.UniqueConstraint(fields=["entity", "kind", "year"], name="one_series_a_year")]


class Invoice(models.Model):
    """An invoice, or a credit note that takes back a part of one: the paper as data. A trigger forbids to change it."""

    personal_data = {"document": "keep: invoices are kept as tax law asks"}

    class Kind(models.TextChoices):
        INVOICE = "invoice", "invoice"
        CREDIT_NOTE = "credit_note", "credit note"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.INVOICE)
    entity = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=50)  # the number as it is printed
    corrects = models.ForeignKey("orders.Invoice", null=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120, unique=True, null=True)  # what a credit note was written for
    total_minor = models.BigIntegerField()
    document = models.JSONField(default=dict)  # empty where it was issued before papers were kept
    issued_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "orders_invoices"
        constraints = [
            models.UniqueConstraint(fields=["entity", "kind", "year", "number"], name="each_invoice_number_once"),
            models.UniqueConstraint(fields=["order"], condition=Q(kind="invoice"), name="one_invoice_an_order"),
            models.CheckConstraint(
                condition=Q(kind="invoice", corrects=None) | Q(kind="credit_note", corrects__isnull=False),
                name="a_credit_note_corrects_an_invoice",
            ),
        ]


class MoneyBack(models.Model):
    """One refund of an order: how much, where to and why. `parts` say what went back of each payment."""

    personal_data = {"reason": "erase", "actor": "keep: who of the staff did it"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120, unique=True)
    minor = models.BigIntegerField()
    to = models.CharField(max_length=40)
    reason = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=60, blank=True)
    parts = models.JSONField(default=list)
    lines = models.JSONField(default=dict, db_default={})  # pieces by line, where the money is for goods
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "orders_money_back"
        constraints = [models.CheckConstraint(condition=Q(minor__gt=0), name="money_back_positive")]


class Withdrawal(models.Model):
    """That a shopper withdrew from the contract, as EU law lets them; kept with its moment."""

    personal_data = {"name": "anonymise"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    lines = models.JSONField(default=dict)  # line id → pieces; empty: the whole order
    fingerprint = models.CharField(max_length=64)
    declared_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "orders_withdrawals"
        constraints = [models.UniqueConstraint(fields=["order", "fingerprint"], name="each_withdrawal_once")]


from nitka.sale.orders.change_models import OrderChange, OrderPolicy, VariantTerms  # noqa: E402, F401 (tables that Django finds here)
