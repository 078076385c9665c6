"""Addresses of posts for social networks and of what is said there."""

from django.urls import path

from nitka.faces.backoffice.views import social

PATHS = [
    path("social/", social.show, name="social"),
    path("social/new", social.new, name="social-new"),
    path("social/mentions/", social.mentions, name="mentions"),
    path("social/mentions/<uuid:mention_id>/<slug:deed>", social.mention_deed, name="mention-deed"),
    path("social/<uuid:post_id>/", social.post, name="social-post"),
    path("social/<uuid:post_id>/<slug:deed>", social.post_deed, name="social-deed"),
]
