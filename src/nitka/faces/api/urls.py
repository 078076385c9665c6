"""Addresses of programs."""

from django.urls import path

from nitka.faces.api import carriers, inbound_mail, reading, webhooks
from nitka.faces.api.v1 import api

urlpatterns = [
    path("v1/docs", reading.docs, name="api_docs"),
    path("v1/inbound-mail", inbound_mail.receive, name="inbound_mail"),
    path("v1/", api.urls),
    path("webhooks/carriers/<slug:carrier>", carriers.receive, name="carrier_webhook"),
    path("webhooks/<slug:provider>", webhooks.receive, name="webhook"),
]
