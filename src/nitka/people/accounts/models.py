"""Who may sign in."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from nitka.ground import clock
from nitka.ground.ids import new_id


class UserManager(BaseUserManager["User"]):
    """Makes users; e-mail addresses are kept in small letters."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in: a shopper with an empty role, or one of the staff."""

    personal_data = {"email": "anonymise", "name": "anonymise", "password": "erase"}

    class Role(models.TextChoices):
        SHOPPER = "", "shopper"
        OWNER = "owner", "owner"
        MANAGER = "manager", "manager"
        AGENT = "agent", "agent"
        WAREHOUSE = "warehouse", "warehouse"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=12, choices=Role, default=Role.SHOPPER, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    objects = UserManager()

    class Meta:
        db_table = "accounts_users"
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_an_email")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_staff(self) -> bool:
        """Whether the person works here."""
        return self.role != self.Role.SHOPPER


class SignInCode(models.Model):
    """A code that was asked for by mail. The code itself is nowhere: it follows from the id and the shop's key."""

    personal_data = {"email": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField()
    language = models.CharField(max_length=8)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_sign_in_codes"
        indexes = [models.Index(fields=["expires_at"], name="codes_by_end")]


class SignInLink(models.Model):
    """A link that lets one person in once. Kept as a hash, so that a copy of the database opens nothing."""

    personal_data: dict[str, str] = {}

    class Purpose(models.TextChoices):
        DEMO = "demo", "demo"
        RECOVERY = "recovery", "recovery"
        INVITATION = "invitation", "invitation"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=12, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_sign_in_links"


class ApiToken(models.Model):
    """A key for a program that works for the shop. Kept as a hash; it may do what its owner may, of its scopes.

    `name` is what the program is called by its maker, `hint` the end of the token, to tell two of one name apart.
    """

    personal_data = {"name": "erase", "token_hash": "erase"}

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_api_tokens"


class WrongTries(models.Model):
    """How often a door was tried in vain, and until when it stays shut. One table for all processes and hosts."""

    personal_data = {"door": "erase"}

    door = models.CharField(max_length=330, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=clock.now, db_index=True)
    shut_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_wrong_tries"


class AuditEntry(models.Model):
    """Who of the staff did what, when. Rows are only added; the table refuses updates and deletions."""

    personal_data = {
        "actor_id": "keep: the id of an account says nothing once the account is anonymised", "subject": "anonymise",
        "detail": "anonymise",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(default=clock.now)
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "accounts_audit"
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_newest"),
            models.Index(fields=["subject", "-at"], name="audit_of_subject"),
        ]
