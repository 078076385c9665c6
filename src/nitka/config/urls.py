"""The map of addresses: each face has its own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from nitka.config import metrics
from nitka.ground.web.media import media

_FACES = {
    "back/": "nitka.faces.backoffice.urls",
    "api/": "nitka.faces.api.urls",
    "": "nitka.faces.storefront.urls",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("metrics", metrics.show, name="metrics"),
    path("media/<path:path>", media, name="media"),
    *(path(prefix, include(module)) for prefix, module in _FACES.items() if find_spec(module)),
]

handler400 = "nitka.ground.web.errors.bad_request"
handler403 = "nitka.ground.web.errors.forbidden"
handler404 = "nitka.ground.web.errors.not_found"
handler500 = "nitka.ground.web.errors.server_error"
