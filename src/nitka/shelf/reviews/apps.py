from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "nitka.shelf.reviews"
    label = "reviews"
