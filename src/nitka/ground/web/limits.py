"""Rate limits: fixed windows, counted in the database where all processes must agree, in memory where speed counts."""

import functools
import ipaddress
import time
from collections.abc import Callable, Mapping
from typing import Any, Literal

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nitka.ground.problem import Problem

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# In the environ of a request that was counted before Django saw it.
COUNTED = "nitka.counted"
_memory: dict[tuple[str, int], int] = {}


class TooManyRequests(Problem):
    """Come back after `retry_after` seconds."""

    code = "too_many_requests"
    status = 429


def rate_limit(
    name: str, limit: str = "10/m", *, key: Callable[[HttpRequest], str] | None = None,
    store: Literal["shared", "memory"] = "shared", posts_only: bool = False,
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:  # fmt: skip
    """Limit requests of a view to e.g. `10/m` for each client address, or for `key(request)`: unsafe and safe ones
    alike, or only what is sent, where looking at the form costs nothing."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            looks = posts_only and request.method in ("GET", "HEAD")
            if COUNTED not in request.META and not looks:
                check(f"{name}:{key(request) if key else client_address(request)}", limit, store=store)
            return view(request, *args, **kwargs)

        by_address = store == "memory" and key is None
        own = () if posts_only else ((name, limit if by_address else ""),)
        limited.limits = (*limits_of(view), *own)  # type: ignore[attr-defined]
        return limited

    return decorate


def limits_of(view: Callable[..., HttpResponse]) -> tuple[tuple[str, str], ...]:
    """(name, limit) of all limits of a view; the limit is "" where only Django's request knows what is counted."""
    return getattr(view, "limits", ())


def allows(key: str, limit: str) -> bool:
    """Count one use of the key in memory; whether it was still allowed."""
    try:
        check(key, limit, store="memory")
    except TooManyRequests:
        return False
    return True


def check(key: str, limit: str, *, store: Literal["shared", "memory"] = "shared") -> None:
    """Count one use of the key. Raises TooManyRequests when the window's allowance is used up."""
    if not settings.NITKA_RATE_LIMITS:
        return
    allowed, _slash, unit = limit.partition("/")
    seconds = SECONDS[unit]
    now = int(time.time())
    window = (now // seconds + 1) * seconds  # named by its end, so that what has ended can be forgotten
    used = _count_in_memory(key, window) if store == "memory" else _count_in_database(key[:200], window)
    if used > int(allowed):
        raise TooManyRequests(_("Too many tries. Please wait a moment and try again."), retry_after=window - now)


def refuse_used_up(key: str, limit: str) -> None:
    """Raises TooManyRequests where `check` of this key and limit would, and counts nothing.

    Asked first where wrong tries alone are counted: who has used theirs up must not learn that the next one is right.
    """
    if not settings.NITKA_RATE_LIMITS:
        return
    allowed, _slash, unit = limit.partition("/")
    now = int(time.time())
    window = (now // SECONDS[unit] + 1) * SECONDS[unit]
    with connection.cursor() as cursor:
        cursor.execute('SELECT count FROM web_rate_counts WHERE key = %s AND "window" = %s', [key[:200], window])
        row = cursor.fetchone()
    if row and row[0] >= int(allowed):
        raise TooManyRequests(_("Too many tries. Please wait a moment and try again."), retry_after=window - now)


def client_address(request: HttpRequest) -> str:
    """The address of the client: the last one that our own proxies vouch for (NITKA_TRUSTED_PROXIES)."""
    return address_in(request.META)


def address_in(environ: Mapping[str, Any]) -> str:
    """The same of a WSGI environ. Of IPv6 the network of 64 bits: one subscriber has all the addresses in it."""
    hops = [hop.strip() for hop in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    trusted = settings.NITKA_TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return _subscriber(str(hops[-trusted]))
    return _subscriber(str(environ.get("REMOTE_ADDR", "")))


@functools.lru_cache(maxsize=4096)
def _subscriber(address: str) -> str:
    if ":" not in address:
        return address
    try:
        found = ipaddress.IPv6Address(address)
    except ValueError:
        return address[:100]
    if found.ipv4_mapped or found.is_loopback:
        return str(found.ipv4_mapped or found)
    return str(ipaddress.IPv6Network((found, 64), strict=False))


def _count_in_memory(key: str, window: int) -> int:
    if len(_memory) > 50_000:
        _memory.clear()
    used = _memory[key, window] = _memory.get((key, window), 0) + 1
    return used


def _count_in_database(key: str, window: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO web_rate_counts (key, "window", count) VALUES (%s, %s, 1)'
            ' ON CONFLICT (key, "window") DO UPDATE SET count = web_rate_counts.count + 1 RETURNING count',
            [key, window],
        )
        return int(cursor.fetchone()[0])
