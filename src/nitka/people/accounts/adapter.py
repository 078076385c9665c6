"""Where django-allauth asks the house: its mails become facts, its secrets are sealed, its addresses are ours."""

from ipaddress import ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext as _

from nitka.ground.web.limits import client_address
from nitka.people.accounts.passkeys import relying_party
from nitka.people.accounts.secrets import sealer


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by proving an address, and mail leaves through contact alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise RuntimeError(f"{template_prefix}: accounts tell facts, contact writes the mail.")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Our own actions tell SecurityChanged."""

    def get_client_ip(self, request: HttpRequest) -> str:
        address = client_address(request)
        try:
            return str(ip_address(address))
        except ValueError:  # a Unix socket has none
            return "0.0.0.0"  # noqa: S104


class MfaAdapter(DefaultMFAAdapter):
    """Sealed secrets, and one name and address of the shop for passkeys, whatever the Host header says."""

    def get_totp_issuer(self) -> str:
        return relying_party()["name"]

    def encrypt(self, text: str) -> str:
        return sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return sealer().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return relying_party()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return _("Passkey")
