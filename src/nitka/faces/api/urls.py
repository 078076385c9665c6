"""Addresses of programs."""

from django.urls import path

from nitka.faces.api import webhooks
from nitka.faces.api.v1 import api

urlpatterns = [
    path("v1/", api.urls),
    path("webhooks/<slug:provider>", webhooks.receive, name="webhook"),
]
