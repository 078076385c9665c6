"""Posting to addresses that a merchant typed: never into our own network, never for longer than a while.

The name is resolved once, every address that it has is checked, and the connection goes to a checked address, so that
a name that answers differently the second time (DNS rebinding) gains nothing. Redirects are answers, not followed.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 20.0
MOST_READ = 64 * 1024
EXCERPT = 1_000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotSent(Exception):
    """Nothing came back; the message says why, in English, for a log. `refused`: we did not even try."""

    def __init__(self, reason: str, *, refused: bool = False) -> None:
        super().__init__(reason)
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said, cut short; `headers` by small letters."""

    status: int
    headers: Mapping[str, str]
    excerpt: str
    seconds: float


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = SECONDS, excerpt: int = EXCERPT,
    own: bool = False,
) -> Answer:  # fmt: skip
    """Post the body and return what was answered, whatever it is, cut to the excerpt. Raises NotSent.

    `own`: the address was set where the shop is installed (the environment), so it may lie in our own network and be
    plain http. Never for an address that came by a page or a file.
    """
    return _ask("POST", url, body, headers, seconds, max(MOST_READ, excerpt), excerpt, own)


def get(url: str, headers: Mapping[str, str], *, seconds: float = SECONDS, most: int = MOST_READ) -> Answer:
    """Read an address, at most so many bytes of it; the excerpt is all that was read. Raises NotSent."""
    return _ask("GET", url, None, headers, seconds, most, most)


def _ask(
    method: str, url: str, body: bytes | None, headers: Mapping[str, str], seconds: float, most: int, excerpt: int,
    own: bool = False,
) -> Answer:  # fmt: skip
    began = time.monotonic()
    scheme, host, port, path = target(url, own=own)
    opened: list[socket.socket] = []
    address = host if own else checked_address(host, port)
    connection = _connection(scheme, host, port, address, seconds, opened)
    # A server that drips a byte at a time would outlast any time-out of the socket.
    watchdog = threading.Timer(seconds, _hang_up, [opened])
    watchdog.daemon = True
    watchdog.start()
    try:
        connection.request(method, path, body=body, headers={**headers, "Connection": "close"})
        response = connection.getresponse()
        answered = {name.lower(): value for name, value in response.getheaders()}
        text = response.read(most).decode("utf-8", errors="replace")[:excerpt].replace("\0", "")
        if time.monotonic() - began >= seconds:
            raise TimeoutError  # cut off by the watchdog, so what was read is not all of it
        return Answer(response.status, answered, text, time.monotonic() - began)
    except (OSError, http.client.HTTPException, ValueError, AttributeError) as trouble:
        late = time.monotonic() - began >= seconds - 0.05
        raise NotSent(f"no answer within {seconds:.0f} s" if late else _words(trouble)) from trouble
    finally:
        watchdog.cancel()
        connection.close()


def target(url: str, *, own: bool = False) -> tuple[str, str, int, str]:
    """Scheme, host, port and path of an address that may be posted to (`own`: see `post`). Raises NotSent (refused)."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").rstrip(".").encode("idna").decode() if parts.hostname else ""
    except ValueError:
        raise NotSent("this is no address", refused=True) from None
    if any(ord(letter) < 33 or ord(letter) == 127 for letter in url) or not host:
        raise NotSent("this is no address", refused=True)
    if parts.username or parts.password:
        raise NotSent("an address with a password in it is not used", refused=True)
    if parts.scheme != "https" and not (parts.scheme == "http" and (own or host in _allowed())):
        raise NotSent("only https is used", refused=True)
    return parts.scheme, host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def checked_address(host: str, port: int) -> str:
    """An address of that host, if all that it has are in the public internet. Raises NotSent."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSent("the name is not known") from None
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    for each in addresses:
        if not is_public(each) and each not in _allowed():
            raise NotSent("the address is not in the public internet", refused=True)
    if not addresses:
        raise NotSent("the name is not known")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether it is in the public internet: not private, local, link-local (metadata services), shared, reserved or
    multicast, also where an IPv6 address only wraps such an IPv4 one."""
    try:
        found: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64 or (int(found) >> 32 == 0 and int(found) > 1):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None and not _is_global(inner):
            return False
    return _is_global(found) or (isinstance(found, ipaddress.IPv6Address) and found in _NAT64)


def _is_global(address: Address) -> bool:
    site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not (address.is_multicast or address.is_reserved or site_local)


def _allowed() -> frozenset[str]:
    """Hosts and addresses that tests may reach. There is no such setting in a shop."""
    return frozenset(getattr(settings, "OUTBOUND_MAY_REACH", ()))


def _connection(
    scheme: str, host: str, port: int, address: str, seconds: float, opened: list[socket.socket]
) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(host, port, timeout=seconds)

    def connect() -> None:
        plain = socket.create_connection((address, port), seconds)
        opened.append(plain)
        if scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
            opened.append(connection.sock)
        else:
            connection.sock = plain

    connection.connect = connect  # type: ignore[method-assign]
    # The Host header leaves the port out where it is the scheme's own, as http.client does for port 80.
    connection.default_port = 443 if scheme == "https" else 80  # type: ignore[misc]
    return connection


def _hang_up(opened: list[socket.socket]) -> None:
    for each in reversed(opened):
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


def _words(trouble: BaseException) -> str:
    if isinstance(trouble, TimeoutError):
        return "no answer in time"
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return "its certificate is not to be trusted"
    if isinstance(trouble, ConnectionRefusedError):
        return "it refused the connection"
    return f"the connection broke ({type(trouble).__name__})"
