"""Addresses of forms, comments and the check of texts."""

from django.urls import path

from nitka.faces.backoffice.views import forms

PATHS = [
    path("content/forms/", forms.show, name="forms"),
    path("content/forms/<slug:code>/", forms.edit, name="form"),
    path("content/forms/<slug:code>/sheets/", forms.sheets, name="form-sheets"),
    path("content/forms/<slug:code>/sheets.csv", forms.export, name="form-sheets-csv"),
    path("content/forms/<slug:code>/sheets/<uuid:sheet_id>/delete", forms.delete, name="form-sheet-delete"),
]
