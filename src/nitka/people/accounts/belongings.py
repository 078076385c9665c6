"""How sign-ins, sessions and keys hang on a person, those of libraries too."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import NOWHERE, Party, StandIns, belongs, declares, erases
from nitka.people.accounts.models import ApiToken, AuditEntry, SignInCode, SignInLink, User, WrongTries

declares("account.EmailAddress", {"email": "erase", "user": "erase"})
declares("account.EmailConfirmation", {"email_address": "erase", "key": "erase"})
declares("mfa.Authenticator", {"user": "erase", "data": "erase"})
declares("usersessions.UserSession", {
    "user": "erase", "ip": "erase", "user_agent": "erase", "session_key": "erase", "data": "erase",
})  # fmt: skip
declares("sessions.Session", {"session_key": "erase", "session_data": "erase"})
for _table in ("auth.Permission", "auth.Group", "auth.Group_permissions", "accounts.User_groups",
               "accounts.User_user_permissions"):  # fmt: skip
    declares(_table, {})


@belongs("accounts.User", _("Your account"), secret=["password"])
def users(party: Party) -> QuerySet[User]:
    return User.objects.filter(id__in=party.logins)


@erases("accounts.User")
def close_accounts(party: Party, stand_ins: StandIns) -> int:
    """The id stays for the log of what was done; nobody can sign in with it again."""
    for row in users(party):
        row.email, row.name, row.is_active = f"erased-{stand_ins.of(row.id).hex}@{NOWHERE}", "", False
        row.password = make_password(None)
        row.save(update_fields=["email", "name", "is_active", "password"])
    return len(party.logins)


@belongs("accounts.SignInCode", _("Codes that you asked for"), delete=True)
def codes(party: Party) -> QuerySet[SignInCode]:
    return SignInCode.objects.filter(email__in=party.emails)


@belongs("accounts.SignInLink", _("Links that let you in"), delete=True, secret=["token_hash"])
def links(party: Party) -> QuerySet[SignInLink]:
    return SignInLink.objects.filter(user_id__in=party.logins)


@belongs("accounts.ApiToken", _("Keys of programs that you made"), delete=True, secret=["token_hash"])
def tokens(party: Party) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user_id__in=party.logins)


@belongs("accounts.WrongTries", _("Wrong tries to sign in"), delete=True)
def wrong_tries(party: Party) -> QuerySet[WrongTries]:
    found = Q(pk__in=[])
    for email in party.emails:
        found |= Q(door__icontains=email)
    return WrongTries.objects.filter(found)


@belongs("accounts.AuditEntry", _("What was done to your account"))
def audit(party: Party) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(Q(actor_id__in=party.logins) | _named(party.emails)).order_by("at", "id")


@erases("accounts.AuditEntry")
def forget_in_audit(party: Party, stand_ins: StandIns) -> int:
    """Who did what stays; an address that a line names does not."""
    rows = AuditEntry.objects.filter(_named(party.emails))
    return rows.update(subject="erased", detail={})


def _named(emails: frozenset[str]) -> Q:
    found = Q(pk__in=[])
    for email in emails:
        found |= Q(subject__icontains=email) | Q(detail__icontains=email)
    return found


@belongs("account.EmailAddress", _("Addresses of your account"), delete=True)
def addresses(party: Party) -> QuerySet[EmailAddress]:
    return EmailAddress.objects.filter(Q(user_id__in=party.logins) | Q(email__in=party.emails))


@belongs("account.EmailConfirmation", _("Confirmations of addresses"), delete=True, secret=["key"])
def confirmations(party: Party) -> QuerySet[EmailConfirmation]:
    return EmailConfirmation.objects.filter(email_address__in=addresses(party))


@belongs("mfa.Authenticator", _("Passkeys and apps"), delete=True, secret=["data"])
def authenticators(party: Party) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user_id__in=party.logins)


@belongs("usersessions.UserSession", _("Where you are signed in"), delete=True, secret=["session_key"])
def signed_in(party: Party) -> QuerySet[UserSession]:
    return UserSession.objects.filter(user_id__in=party.logins)


@belongs("sessions.Session", _("Sessions"), delete=True, secret=["session_key", "session_data"])
def sessions(party: Party) -> QuerySet[Session]:
    return Session.objects.filter(session_key__in=signed_in(party).values("session_key"))
