"""Asking through karrio, within bounds: no answer may take for ever, and no trouble may come out as itself."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any

from nitka.sale.shipping.providers import CarrierRefusedProblem, CarrierTrouble

SOCKET_SECONDS = 10.0
_ready = threading.Lock()
_is_quiet = False


def gateway_of(connector: str, values: Mapping[str, Any], server: str) -> Any:
    """karrio's gateway of that account; `server` is a sandbox to be used in the place of the carrier's."""
    import karrio.sdk as sdk

    _be_quiet()
    gateway = sdk.gateway[connector].create(dict(values))
    if server:
        kind = type(gateway.settings)
        elsewhere = type(kind.__name__, (kind,), {"server_url": property(lambda _self: server)})
        for part in (gateway.settings, gateway.proxy.settings, gateway.mapper.settings):
            part.__class__ = elsewhere
    return gateway


def bounded(act: Callable[[], Any], seconds: float, name: str) -> tuple[Any, Any]:
    """What `act` answers within so many seconds. A server that drips keeps its own thread, not ours."""
    from karrio.core import errors

    future: Future[Any] = Future()
    threading.Thread(target=_run, args=(act, future), daemon=True, name=f"karrio-{name}").start()
    try:
        answer, messages = future.result(timeout=seconds)
    except (errors.ParsedMessagesError, errors.MethodNotSupportedError, errors.ShippingSDKError) as refusal:
        said = getattr(refusal, "messages", None) or [refusal]
        words = "; ".join(str(getattr(each, "message", each)) for each in said)[:300]
        raise CarrierRefusedProblem(f"{name}: {words}") from refusal
    except Exception as trouble:
        raise CarrierTrouble(f"{name}: {type(trouble).__name__} {trouble}"[:300]) from trouble
    return answer, messages


def _run(act: Callable[[], Any], future: "Future[Any]") -> None:
    try:
        future.set_result(act())
    except BaseException as trouble:
        future.set_exception(trouble)


def _be_quiet() -> None:
    """karrio logs bodies of requests through loguru, and waits for servers for ever."""
    global _is_quiet
    with _ready:
        if _is_quiet:
            return
        from karrio.core.utils import helpers
        from loguru import logger

        logger.disable("karrio")
        plain = helpers._urlopen_with_span

        def patient(request: Any, timeout: float | None = None) -> Any:
            return plain(request, timeout=min(timeout or SOCKET_SECONDS, SOCKET_SECONDS))

        helpers._urlopen_with_span = patient
        _is_quiet = True
