"""The ceremonies of WebAuthn, with the state handed in and out instead of kept in a request."""

import json
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.core.exceptions import ValidationError
from fido2.server import Fido2Server
from fido2.webauthn import (
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from nitka.people.accounts.models import User

# What a browser may send that is no honest answer: each means "this passkey was not accepted", never an error of ours.
REFUSED = (ValueError, TypeError, KeyError, AttributeError, IndexError, ValidationError)


def relying_party() -> dict[str, str]:
    """Who asks: bound to the public address, so that a passkey of this shop answers no other site."""
    host = urlsplit(settings.NITKA_PUBLIC_URL).hostname or "localhost"
    return {"id": host, "name": host}


def begin_registration(user: User) -> tuple[dict[str, Any], dict[str, Any]]:
    """Options for the browser, and the state to keep until it answers."""
    options, state = _server().register_begin(
        user=PublicKeyCredentialUserEntity(**get_adapter().get_public_key_credential_user_entity(user)),
        credentials=auth.get_credentials(user),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        extensions=auth.EXTENSIONS,
    )
    return plain(options), dict(state)


def finish_registration(user: User, state: dict[str, Any], credential: dict[str, Any], name: str) -> Authenticator:
    """Keep the new passkey. Raises one of REFUSED."""
    auth.parse_registration_response(credential)
    _server().register_complete(state, credential)
    return auth.WebAuthn.add(user, name, credential).instance


def begin_sign_in(user: User | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Options for the browser; without a user any passkey of this shop may answer."""
    options, state = _server().authenticate_begin(
        credentials=auth.get_credentials(user) if user is not None else [],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return plain(options), dict(state)


def finish_sign_in(state: dict[str, Any], credential: dict[str, Any], user: User | None = None) -> Authenticator:
    """The passkey that answered. Raises one of REFUSED."""
    owner = user or auth.extract_user_from_response(credential)
    auth.parse_authentication_response(credential)
    found = _server().authenticate_complete(state, auth.get_credentials(owner), credential)
    authenticator = auth.get_authenticator_by_credential_id(owner, found.credential_id)
    if authenticator is None:
        raise ValueError("unknown passkey")
    return authenticator


def plain(options: Any) -> dict[str, Any]:
    """The options as JSON writes them: bytes in base64url."""
    return json.loads(json.dumps(dict(options), default=dict))  # type: ignore[no-any-return]


def _server() -> Fido2Server:
    return _server_of(settings.NITKA_PUBLIC_URL)


@lru_cache(maxsize=4)
def _server_of(public_url: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(**relying_party()), verify_origin=_is_ours)


def _is_ours(origin: str) -> bool:
    if origin == settings.NITKA_PUBLIC_URL:
        return True
    # On the developer's machine a second server may run on another port of the same name.
    ours, theirs = urlsplit(settings.NITKA_PUBLIC_URL), urlsplit(origin)
    return ours.hostname == theirs.hostname == "localhost" and ours.scheme == theirs.scheme == "http"
