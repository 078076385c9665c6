"""Users for tests."""

from nitka.people.accounts.models import User


def shopper(email: str = "zofia@example.com") -> User:
    return User.objects.create_user(email)


def staff(role: str = "owner", email: str = "", password: str | None = None) -> User:
    return User.objects.create_user(email or f"{role}@example.com", password=password, role=role, name=role.title())
