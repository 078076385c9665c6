"""Addresses of feeds."""

from django.urls import path

from nitka.faces.backoffice.views import feeds

PATHS = [
    path("feeds/", feeds.show, name="feeds"),
    path("feeds/classes", feeds.classes, name="feed-classes"),
    path("feeds/<slug:kind>/check", feeds.check_kind, name="feed-check-kind"),
    path("feeds/<slug:kind>/<slug:market>/<slug:language>/", feeds.feed, name="feed"),
    path("feeds/<slug:kind>/<slug:market>/<slug:language>/report.csv", feeds.export, name="feed-csv"),
    path("feeds/<slug:kind>/<slug:market>/<slug:language>/<slug:deed>", feeds.deed, name="feed-deed"),
]
