"""Carts: what a shopper wants, before it is an order."""

from django.db import models
from django.db.models import Q

from nitka.ground import clock
from nitka.ground.ids import new_id, new_token


class Cart(models.Model):
    """One cart of one token. When it was ordered, its token may open a new one."""

    personal_data = {
        "email": "erase", "name": "erase", "phone": "erase", "shipping_address": "erase", "billing_address": "erase",
        "told_us": "erase", "note": "erase", "vat_number": "erase",
        "po_number": "erase",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=40, default=new_token)
    customer_id = models.UUIDField(null=True, db_index=True)
    market = models.CharField(max_length=20)
    language = models.CharField(max_length=5, default="en")
    country = models.CharField(max_length=2, blank=True)
    version = models.PositiveIntegerField(default=0)
    coupon_codes = models.JSONField(default=list)
    channel = models.CharField(max_length=20, default="web", db_default="web")  # where it is filled: web, api
    gift_cards = models.JSONField(default=list, db_default=[])  # ids of the accounts, never a code
    use_credit = models.BooleanField(default=False, db_default=False)  # store credit of who is signed in
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200, blank=True)
    shipping_address = models.JSONField(default=dict)
    billing_address = models.JSONField(default=dict)
    vat_number = models.CharField(max_length=20, blank=True, default="", db_default="")
    # For whom it is bought: a company, oneself (privately), or as nobody said yet. And at whose agreed prices.
    company_id = models.UUIDField(null=True)
    privately = models.BooleanField(default=False, db_default=False)
    po_number = models.CharField(max_length=40, blank=True, default="", db_default="")
    quote_id = models.UUIDField(null=True)
    delivery_code = models.CharField(max_length=40, blank=True)
    pickup_point = models.CharField(max_length=60, blank=True, default="", db_default="")
    payment_method = models.CharField(max_length=40, blank=True)
    payment_choice = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    told_us = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    ordered_at = models.DateTimeField(null=True)
    order_id = models.UUIDField(null=True)

    class Meta:
        db_table = "checkout_carts"
        constraints = [
            models.UniqueConstraint(fields=["token"], condition=Q(ordered_at=None), name="one_open_cart_a_token")
        ]
        indexes = [
            models.Index(fields=["token", "-ordered_at"], name="carts_by_token"),
            models.Index(fields=["expires_at"], condition=Q(ordered_at=None), name="carts_by_expiry"),
        ]


class CartLine(models.Model):
    """One variant in a cart. A removed line stays a while, for undo."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="+")
    variant_id = models.UUIDField()
    quantity = models.PositiveSmallIntegerField()
    seen_minor = models.BigIntegerField(null=True)  # the price of one piece when it was last shown
    seen_market = models.CharField(max_length=20, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "checkout_lines"
        ordering = ("added_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["cart", "variant_id"], name="one_line_a_variant"),
            models.CheckConstraint(condition=Q(quantity__gte=1, quantity__lte=9999), name="cart_line_1_to_9999"),
        ]
