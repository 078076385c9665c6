"""Addresses of feeds."""

from django.urls import path

from nitka.faces.files.feeds import pictures, views

urlpatterns = [
    path("pictures/<path:name>.jpg", pictures.show, name="feed-picture"),
    path("<slug:kind>/<str:name>", views.show, name="feed"),
    path("<slug:kind>/<str:key>/<str:name>", views.show, name="feed-by-key"),
]
