"""Addresses of forms, comments and the check of texts."""

from django.urls import path

from nitka.faces.backoffice.views import comments, forms, text_checks

PATHS = [
    path("content/checks/", text_checks.show, name="text-checks"),
    path("content/forms/", forms.show, name="forms"),
    path("content/forms/<slug:code>/", forms.edit, name="form"),
    path("content/forms/<slug:code>/sheets/", forms.sheets, name="form-sheets"),
    path("content/forms/<slug:code>/sheets.csv", forms.export, name="form-sheets-csv"),
    path("content/forms/<slug:code>/sheets/<uuid:sheet_id>/delete", forms.delete, name="form-sheet-delete"),
    path("comments/", comments.show, name="comments"),
    path("comments/<uuid:comment_id>/<slug:deed>", comments.deed, name="comment-deed"),
]
