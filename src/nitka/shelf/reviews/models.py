"""Tables of reviews, and of questions with their answers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from nitka.ground import clock
from nitka.ground.ids import new_id, new_token


class State(models.TextChoices):
    """What of it is shown. A question of a stranger waits first for its address to be proved."""

    UNPROVED = "unproved", "waits for a click in a mail"
    WAITING = "waiting", "waits for a look"
    PUBLISHED = "published", "shown"
    REFUSED = "refused", "refused"


class Aspect(models.Model):
    """One thing that goods of a category are rated for beside the stars, such as quality; no category: for all."""

    personal_data = {}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40)
    category = models.ForeignKey("catalog.Category", null=True, on_delete=models.CASCADE, related_name="+")
    name = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "reviews_aspects"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "category"], name="one_aspect_a_category", nulls_distinct=False
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code


class Review(models.Model):
    """What somebody thinks of a product: 1 to 5 stars and words. `verified`: they got it from this shop.

    `key` is the name under which it was brought (an import, the demo, one person's review of one product): bringing it
    twice changes it. `pictures` are those that were drawn anew, `topics` the keys of phrases that it has with others.
    `translations` are {language: {title, body}} by a provider, empty where it would not; `translated_at` is when it was
    asked last, none for words that are new. `helpful` counts votes. `demo`: invented, and marked so wherever the shop's
    people see it.
    """

    personal_data = {
        "customer": "erase", "nickname": "erase", "title": "erase", "body": "erase", "answer": "erase",
        "pictures": "erase", "key": "erase", "topics": "erase", "reason": "erase", "translations": "erase",
        "order_reference": "keep: the code of an order that is kept",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(max_length=120, unique=True, default=new_token)
    order_reference = models.CharField(max_length=40, blank=True)
    verified = models.BooleanField(default=False)
    rating = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=5)
    aspects = models.JSONField(default=dict)
    nickname = models.CharField(max_length=60, blank=True)
    pictures = models.JSONField(default=list)
    topics = ArrayField(models.CharField(max_length=80), default=list)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=40, default="shop")
    demo = models.BooleanField(default=False)
    helpful = models.PositiveIntegerField(default=0)
    unhelpful = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    translations = models.JSONField(default=dict, db_default={})
    translated_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "reviews_reviews"
        indexes = [
            models.Index(fields=["product", "state", "-created_at", "-id"], name="reviews_of_product"),
            models.Index(fields=["state", "created_at", "id"], name="reviews_by_state"),
            models.Index(fields=["customer", "-created_at"], name="reviews_of_customer"),
            models.Index(
                fields=["created_at"],
                name="reviews_to_translate",
                condition=Q(state="published", translated_at__isnull=True),
            ),
        ]
        constraints = [models.CheckConstraint(condition=Q(rating__range=(1, 5)), name="one_to_five_stars")]

    def __str__(self) -> str:
        return f"{self.rating} {self.title}"


class Upload(models.Model):
    """A picture as it was sent, until the worker has drawn it anew without place and camera; then this row goes."""

    personal_data = {"content": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "reviews_uploads"


class Vote(models.Model):
    """That somebody found a review helpful, or not. `voter` is an account, a device that may be known, or neither."""

    personal_data = {"voter": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="+")
    voter = models.UUIDField()
    helpful = models.BooleanField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "reviews_votes"
        constraints = [models.UniqueConstraint(fields=["review", "voter"], name="one_vote_a_person")]


class Invitation(models.Model):
    """That somebody got a product from us and may review it as a buyer. The mail goes some days after delivery."""

    personal_data = {
        "email": "erase", "customer": "erase", "order_code": "keep: the code of an order that is kept",
    }  # fmt: skip

    class State(models.TextChoices):
        OPEN = "open", "no mail yet"
        SENT = "sent", "told by mail"
        SILENT = "silent", "no mail: not wanted, or not allowed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8)
    order_code = models.CharField(max_length=40)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    review = models.ForeignKey(Review, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "reviews_invitations"
        indexes = [
            models.Index(fields=["due_at"], name="invitations_due", condition=Q(state="open", due_at__isnull=False)),
            models.Index(fields=["customer", "product"], name="invitations_of_customer"),
            models.Index(fields=["email"], name="invitations_of_email"),
        ]
        constraints = [models.UniqueConstraint(fields=["order_code", "product"], name="one_invitation_a_product")]


class Silence(models.Model):
    """An address that wants no invitations."""

    personal_data = {"email": "erase"}

    email = models.EmailField(primary_key=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "reviews_silences"


class Question(models.Model):
    """What somebody wants to know of a product, for all to read. `email` is where the answer goes."""

    personal_data = {
        "customer": "erase", "email": "erase", "nickname": "erase", "body": "erase", "key": "erase",
        "reason": "erase", "token": "erase",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL, related_name="+")
    key = models.CharField(max_length=120, unique=True, default=new_token)
    email = models.EmailField(blank=True)
    nickname = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=5)
    body = models.TextField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    token = models.CharField(max_length=40, unique=True, default=new_token)
    demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "reviews_questions"
        indexes = [
            models.Index(fields=["product", "state", "-created_at", "-id"], name="questions_of_product"),
            models.Index(fields=["state", "created_at", "id"], name="questions_by_state"),
        ]

    def __str__(self) -> str:
        return self.body[:60]


class Answer(models.Model):
    """An answer to a question: from the shop, or from somebody who has the product."""

    personal_data = {"customer": "erase", "nickname": "erase", "body": "erase", "author": "keep: one of our own staff"}

    class By(models.TextChoices):
        SHOP = "shop", "the shop"
        BUYER = "buyer", "a buyer"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    by = models.CharField(max_length=5, choices=By)
    author = models.UUIDField(null=True)
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL, related_name="+")
    nickname = models.CharField(max_length=60, blank=True)
    body = models.TextField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "reviews_answers"
        indexes = [models.Index(fields=["question", "created_at", "id"], name="answers_of_question")]


class Comment(models.Model):
    """What somebody says below an article or a collection. Always looked at before it is shown.

    `subject` is the id of the page or collection: this domain shows neither, so it holds no key to them.
    """

    personal_data = {
        "customer": "erase", "nickname": "erase", "body": "erase", "pictures": "erase", "reason": "erase",
    }  # fmt: skip

    class About(models.TextChoices):
        PAGE = "page", "a page of the shop's own words"
        COLLECTION = "collection", "a collection"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    about = models.CharField(max_length=10, choices=About)
    subject = models.UUIDField()
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.SET_NULL, related_name="+")
    nickname = models.CharField(max_length=60)
    body = models.TextField()
    language = models.CharField(max_length=5)
    pictures = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "reviews_comments"
        indexes = [
            models.Index(fields=["subject", "state", "-created_at", "-id"], name="comments_of_subject"),
            models.Index(fields=["state", "created_at", "id"], name="comments_by_state"),
            models.Index(fields=["customer"], name="comments_of_customer"),
        ]


class CommentUpload(models.Model):
    """A picture of a comment as it was sent, until the worker has drawn it anew; then this row goes."""

    personal_data = {"content": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "reviews_comment_uploads"


class Summary(models.Model):
    """What all published reviews of a product say together; counted anew whenever one comes or goes.

    `stars` are counts of one to five, `rank` is the Bayesian mean in thousandths, `aspects` {code: [sum, count]},
    `topics` {language: [[key, words, count]]}, `languages` {language: count}.
    """

    personal_data = {}

    product = models.OneToOneField("catalog.Product", on_delete=models.CASCADE, primary_key=True, related_name="+")
    count = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    stars = ArrayField(models.PositiveIntegerField(), default=list)
    rank = models.PositiveIntegerField(default=0)
    verified = models.PositiveIntegerField(default=0)
    with_pictures = models.PositiveIntegerField(default=0)
    aspects = models.JSONField(default=dict)
    topics = models.JSONField(default=dict)
    languages = models.JSONField(default=dict)
    questions = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "reviews_summaries"


class Rules(models.Model):
    """The one row of what the merchant decided: who may write, what waits for a look, when we ask."""

    personal_data = {}

    class Invite(models.TextChoices):
        NOBODY = "nobody", "nobody"
        CONSENTED = "consented", "who allowed our newsletter"
        BUYERS = "buyers", "every buyer who did not say no"

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    open_to_all = models.BooleanField(default=False)
    look_first = models.BooleanField(default=True)
    invite = models.CharField(max_length=9, choices=Invite, default=Invite.BUYERS)
    invite_after_days = models.PositiveSmallIntegerField(default=10)

    class Meta:
        db_table = "reviews_rules"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_row_of_review_rules")]
