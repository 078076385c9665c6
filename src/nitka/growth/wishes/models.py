"""Tables of wish lists."""

from django.db import models
from django.db.models import Q

from nitka.ground import clock
from nitka.ground.ids import new_id, new_token


class WishList(models.Model):
    """A list of a customer, or of a browser by the secret in its cookie (`device`). Without a name it is the first one.

    `share_token` opens it to read for whoever has the address; none: nobody else sees it. `tells`: its owner asked for
    mail about it, at `asked_at`, by the text of that version; `leave_token` in each mail takes that back.
    """

    personal_data = {
        "customer": "erase", "device": "erase", "name": "erase", "language": "erase", "share_token": "erase",
        "leave_token": "erase", "asked_at": "erase", "text_version": "erase", "told_at": "erase",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.CASCADE, related_name="+")
    device = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=5)
    share_token = models.CharField(max_length=40, null=True, unique=True)
    leave_token = models.CharField(max_length=40, unique=True, default=new_token)
    tells = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True)
    text_version = models.CharField(max_length=20, blank=True)
    told_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "wishes_lists"
        constraints = [
            models.CheckConstraint(
                condition=Q(customer__isnull=False) | ~Q(device=""),
                name="wish_list_has_an_owner",
            ),
            models.UniqueConstraint(
                fields=["customer", "name"], condition=Q(customer__isnull=False), name="one_wish_list_a_name"
            ),
            models.UniqueConstraint(fields=["device", "name"], condition=~Q(device=""), name="one_wish_list_a_device"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or str(self.id)


class Wish(models.Model):
    """A product on a list. `price_minor` is what it cost in that market on the day; `said_minor` what a mail said last.

    `gone`: it could not be had when we looked last. `cheaper_at`, `back_at`: news that no mail has told yet.
    """

    personal_data = {"note": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    list = models.ForeignKey(WishList, on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    variant = models.ForeignKey("catalog.Variant", null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    market = models.CharField(max_length=20)
    currency = models.CharField(max_length=3, blank=True)
    price_minor = models.BigIntegerField(null=True)
    said_minor = models.BigIntegerField(null=True)
    gone = models.BooleanField(default=False)
    cheaper_at = models.DateTimeField(null=True)
    back_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "wishes_wishes"
        constraints = [models.UniqueConstraint(fields=["list", "product"], name="one_wish_a_product_and_list")]
        indexes = [
            models.Index(
                fields=["list"], name="wishes_with_news",
                condition=Q(cheaper_at__isnull=False) | Q(back_at__isnull=False),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.product_id)
