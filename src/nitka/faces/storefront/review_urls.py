"""Addresses of reviews and questions."""

from django.urls import URLPattern, URLResolver, path

from nitka.faces.storefront import comments, question_pages, review_pages
from nitka.faces.storefront.account_guard import signed_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("<language:language>/p/<str:slug>/reviews", review_pages.listing, name="reviews"),
    path("<language:language>/p/<str:slug>/review", review_pages.write, name="review_write"),
    path("<language:language>/p/<str:slug>/questions", question_pages.listing, name="questions"),
    path("<language:language>/p/<str:slug>/ask", question_pages.ask, name="question_ask"),
    path("<language:language>/reviews/<uuid:review_id>/vote", review_pages.vote, name="review_vote"),
    path("<language:language>/reviews/leave", review_pages.leave, name="review_leave"),
    path("<language:language>/comments/<slug:about>/<uuid:subject>", comments.write, name="comment"),
    path("<language:language>/questions/confirm", question_pages.confirm, name="question_confirm"),
    path("<language:language>/questions/<uuid:question_id>/answer", question_pages.answer, name="question_answer"),
    path("<language:language>/account/reviews", signed_in(review_pages.account_listing), name="account_reviews"),
]
