"""What contact writes when accounts tell something."""

from django.utils import translation
from django.utils.translation import gettext as _

from nitka.ground.facts.contract import reacts_to
from nitka.people.accounts import queries as accounts
from nitka.people.accounts.facts import CodeAsked, SecurityChanged, StaffInvited
from nitka.people.contact.actions import send_mail
from nitka.people.customers import queries as customers


@reacts_to(CodeAsked)
def mail_code(fact: CodeAsked) -> None:
    """The code goes to whoever owns the mailbox, known or not; one that has ended meanwhile is not sent."""
    request = accounts.code_request(fact.challenge_id)
    if request is not None and request.code is not None:
        send_mail(to=request.email, language=request.language, template="contact/mail/sign_in_code",
                  context={"code": request.code})  # fmt: skip


@reacts_to(StaffInvited)
def mail_invitation(fact: StaffInvited) -> None:
    """The link to the back office, for the invited alone."""
    found = accounts.invitation(fact.link_id)
    if found is not None:
        send_mail(to=found.email, language=fact.language, template="contact/mail/staff_invitation",
                  context={"name": found.name or found.email, "path": found.path})  # fmt: skip


@reacts_to(SecurityChanged)
def mail_security_notice(fact: SecurityChanged) -> None:
    """The owner of an account hears of every way in that came or went."""
    user = accounts.user(fact.user_id)
    if user is None or not user.is_active:
        return
    customer = customers.customer_of_user(user.id)
    language = customer.language if customer else fact.language
    with translation.override(language):
        sentence = _what_changed(fact.change)
    send_mail(to=user.email, language=language, template="contact/mail/security_notice",
              context={"sentence": sentence}, customer_id=customer.id if customer else None)  # fmt: skip


def _what_changed(change: str) -> str:
    return {
        "passkey_added": _("A passkey was added to your account."),
        "passkey_removed": _("A passkey was removed from your account."),
        "totp_added": _("An authenticator app was added to your account."),
        "totp_removed": _("The authenticator app was removed from your account."),
        "password_changed": _("The password of your account was changed."),
    }.get(change, _("A way to sign in to your account was changed."))
