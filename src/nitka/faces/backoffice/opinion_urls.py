"""Addresses of reviews and questions."""

from django.urls import path

from nitka.faces.backoffice.views import opinions

PATHS = [
    path("reviews/", opinions.show, name="opinions"),
    path("reviews/rules", opinions.rules, name="opinion-rules"),
    path("reviews/<uuid:review_id>/", opinions.review, name="opinion-review"),
    path("reviews/<uuid:review_id>/<slug:deed>", opinions.review_deed, name="opinion-review-deed"),
    path("questions/", opinions.questions, name="questions"),
    path("questions/<uuid:question_id>/", opinions.question, name="opinion-question"),
    path("questions/<uuid:question_id>/<slug:deed>", opinions.question_deed, name="opinion-question-deed"),
]
