"""PayPal's REST API by plain HTTP: a token, an id for each request that may act, and errors as ours."""

import base64
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from nitka.sale.payments.providers import GatewayTrouble

Thing = dict[str, Any]


class Refused(Exception):
    """PayPal understood and says no; `code` is its name for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class _Token:
    owner: str = ""
    text: str = ""
    until: float = 0.0


_token = _Token()


def call(method: str, path: str, body: Thing | None = None, key: str = "") -> Thing:
    """One request. Raises Refused for a decided no, GatewayTrouble where nobody knows."""
    raw = json.dumps(body).encode() if body is not None else None
    return send(method, path, raw, key)


def send(method: str, path: str, raw: bytes | None, key: str = "") -> Thing:
    headers = {"Authorization": f"Bearer {_access()}", "Content-Type": "application/json"}
    if key:
        # The same id is the same request. https://developer.paypal.com/api/rest/reference/idempotency/
        headers |= {"PayPal-Request-Id": key[:108], "Prefer": "return=representation"}
    return _request(method, path, raw, headers)


def _access() -> str:
    """The token, kept until a minute before it ends."""
    global _token
    owner = f"{settings.NITKA_PAYPAL_API} {settings.NITKA_PAYPAL_CLIENT}"
    if _token.owner != owner or time.monotonic() > _token.until:
        pair = f"{settings.NITKA_PAYPAL_CLIENT}:{settings.NITKA_PAYPAL_SECRET}".encode()
        headers = {
            "Authorization": f"Basic {base64.b64encode(pair).decode()}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            told = _request("POST", "/v1/oauth2/token", b"grant_type=client_credentials", headers)
            _token = _Token(owner, str(told["access_token"]), time.monotonic() + int(told["expires_in"]) - 60)
        except (Refused, KeyError, ValueError) as refused:
            raise GatewayTrouble(f"PayPal takes our keys not: {refused}") from refused
    return _token.text


def forget_token() -> None:
    """Ask for a new one at the next request."""
    global _token
    _token = _Token()


def _request(method: str, path: str, raw: bytes | None, headers: dict[str, str]) -> Thing:
    address = settings.NITKA_PAYPAL_API + path
    if urlsplit(address).scheme not in ("https", "http"):
        raise GatewayTrouble("NITKA_PAYPAL_API is no web address.")
    asked = urllib.request.Request(address, raw, headers, method=method)  # noqa: S310 (checked above)
    try:
        with urllib.request.urlopen(asked, timeout=settings.NITKA_GATEWAY_SECONDS) as reply:  # noqa: S310
            return _read(reply.read())
    except urllib.error.HTTPError as error:
        if error.code == 401:
            forget_token()
        if error.code >= 500 or error.code in (401, 408, 409, 429):
            raise GatewayTrouble(f"PayPal answered {error.code}") from error
        raise Refused(_code(error.read())) from error
    except (OSError, ValueError) as trouble:
        raise GatewayTrouble(f"{type(trouble).__name__}: {trouble}") from trouble


def _read(raw: bytes) -> Thing:
    told = json.loads(raw or b"{}")
    if not isinstance(told, dict):
        raise ValueError("no object")
    return told


def _code(raw: bytes) -> str:
    try:
        told = _read(raw)
    except ValueError:
        return "refused"
    details = told.get("details") or [{}]
    return str(details[0].get("issue") or told.get("name") or "refused")
