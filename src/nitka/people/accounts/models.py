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
