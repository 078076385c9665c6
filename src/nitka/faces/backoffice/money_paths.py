"""Addresses below /back/ of money: gift cards, credit, statements, refunds by hand, review."""

from django.urls import URLPattern, path

from nitka.faces.backoffice.views import credit, review, statements

urlpatterns: list[URLPattern] = [
    path("gift-cards/", credit.show, name="gift-cards"),
    path("gift-cards/<uuid:account_id>/", credit.one, name="gift-card"),
    path("customers/<uuid:customer_id>/credit", credit.customer, name="customer-credit"),
    path("money/statements/", statements.show, name="statements"),
    path("money/statements/<uuid:line_id>/assign", statements.assign, name="statement-assign"),
    path("money/statements/<uuid:line_id>/ignore", statements.ignore, name="statement-ignore"),
    path("money/refunds/", statements.refunds, name="refunds"),
    path("money/refunds/<uuid:refund_id>/sent", statements.sent, name="refund-sent"),
    path("review/", review.show, name="review"),
    path("review/<str:code>/clear", review.clear, name="review-clear"),
    path("review/<str:code>/refuse", review.refuse, name="review-refuse"),
    path("settings/risk/", review.rules, name="risk"),
]
