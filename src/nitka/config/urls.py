"""The map of addresses: each face has its own."""

from django.urls import URLPattern, URLResolver, include, path

from nitka.config import metrics
from nitka.ground.web.media import media

urlpatterns: list[URLPattern | URLResolver] = [
    path("metrics", metrics.show, name="metrics"),
    path("media/<path:path>", media, name="media"),
    path("back/", include("nitka.faces.backoffice.urls")),
    path("api/", include("nitka.faces.api.urls")),
    path("feeds/", include("nitka.faces.files.feeds.urls")),
    path("", include("nitka.faces.storefront.urls")),
]

handler400 = "nitka.ground.web.errors.bad_request"
handler403 = "nitka.ground.web.errors.forbidden"
handler404 = "nitka.faces.backoffice.lost.not_found"
handler500 = "nitka.ground.web.errors.server_error"
