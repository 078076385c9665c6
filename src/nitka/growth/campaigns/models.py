"""Posts for social networks, and what others say of us there."""

from django.db import models
from django.db.models import Q

from nitka.ground import clock
from nitka.ground.ids import new_id


class Network(models.TextChoices):
    """Where a post goes."""

    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"


class SocialPost(models.Model):
    """One post for one network in one language.

    `source` is what it was drafted for ("product:<id>"), once a network; empty for posts by hand. `path` is the page
    that it links to; the address with its utm parameters is made when it is shown or sent. `picture` is a file below
    MEDIA_ROOT. `scheduled_at` is what people chose, `due_at` when it is tried next. `unsure`: an answer was lost, so
    the next try looks first whether it stands there already. `progress` is what a network gave us half-way. `shown`
    is what the built-in provider kept instead of sending it.
    """

    personal_data = {"made_by": "keep: an id of the staff, for who wrote it"}

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        SCHEDULED = "scheduled", "waits for its moment"
        SENDING = "sending", "is being sent"
        SENT = "sent", "sent"
        KEPT = "kept", "kept, since no account is connected"
        FAILED = "failed", "failed"

    class Kind(models.TextChoices):
        PRODUCT = "product", "product"
        SALE = "sale", "sale"
        PROMOTION = "promotion", "promotion"
        ARTICLE = "article", "article"
        OWN = "own", "by hand"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.CharField(max_length=12, choices=Network)
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.OWN)
    source = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True)
    picture = models.CharField(max_length=200, blank=True)
    picture_alt = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    scheduled_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    first_tried_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    unsure = models.BooleanField(default=False)
    progress = models.JSONField(default=dict)
    provider = models.CharField(max_length=20, blank=True)
    outside_id = models.CharField(max_length=120, blank=True)
    outside_address = models.CharField(max_length=500, blank=True)
    shown = models.TextField(blank=True)
    trouble = models.CharField(max_length=500, blank=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "campaigns_social_posts"
        indexes = [
            models.Index(fields=["state", "-changed_at", "-id"], name="social_posts_by_state"),
            models.Index(
                fields=["due_at"], name="social_posts_due", condition=Q(state__in=["scheduled", "sending"])
            ),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["source", "network"], condition=~Q(source=""), name="one_draft_a_source_and_network"
            )
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.text[:40]}"


class Mention(models.Model):
    """What somebody wrote about us in a network: a comment on a post of ours, or a post that names us.

    `fingerprint` is a keyed digest of its number over there: once `forgotten` it is known again, and nothing of it is
    read in. `customer` is who it is, where somebody of the staff knows it; that is how an erasure finds it. Rows go
    after a year whoever wrote them.
    """

    personal_data = {
        "author": "erase", "text": "erase", "address": "erase", "customer": "erase",
        "fingerprint": "keep: a digest, so that what was erased is not read in again",
    }  # fmt: skip

    class Kind(models.TextChoices):
        COMMENT = "comment", "comment"
        MENTION = "mention", "mention"

    class State(models.TextChoices):
        NEW = "new", "new"
        DONE = "done", "done"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    network = models.CharField(max_length=12, choices=Network)
    fingerprint = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    author = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    address = models.CharField(max_length=500, blank=True)
    about = models.CharField(max_length=120, blank=True)  # the post that it stands below, by its number there
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=4, choices=State, default=State.NEW)
    forgotten = models.BooleanField(default=False)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "campaigns_mentions"
        indexes = [
            models.Index(fields=["state", "-at", "-id"], name="mentions_by_state"),
            models.Index(fields=["customer"], name="mentions_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.kind}"
