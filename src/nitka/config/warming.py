"""The first visitor should not wait for templates to compile and settings to be read."""

import gc
import io
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from nitka.ground.web.health import Application

PATHS = ("/en/",)


def warmed_up(application: Application) -> Application:
    """Ask the application for a few pages, whatever they answer, and give it back."""
    from django.conf import settings

    public = urlsplit(settings.NITKA_PUBLIC_URL)
    for path in PATHS:
        try:
            b"".join(_ask(application, path, public.netloc, public.scheme))
        except Exception:  # noqa: S112  (an empty shop has no pages yet; serving will say what is wrong)
            continue
    # What is loaded by now stays for ever: searching it for rubbish again and again would hold up every request.
    gc.collect()
    gc.freeze()
    return application


def _ask(application: Application, path: str, host: str, scheme: str) -> Iterable[bytes]:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "", "HTTP_HOST": host,
        "SERVER_NAME": host.partition(":")[0], "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0), "wsgi.url_scheme": scheme, "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    return application(environ, lambda *_arguments: None)
