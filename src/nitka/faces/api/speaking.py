"""In which language the API answers: the one of `language`, else the one of the header, else English."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from nitka.ground.locale import LANGUAGES, negotiate


def spoken(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Run the view in the language that was asked for."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(_asked(request)):
            return view(request, *args, **kwargs)

    return wrapped


def _asked(request: HttpRequest) -> str:
    wanted = request.GET.get("language", "")
    return wanted if wanted in LANGUAGES else negotiate(request.headers.get("Accept-Language", ""))
