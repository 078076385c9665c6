"""All reviews and questions of one product have public pages of their own."""

from django.db import migrations

from nitka.ground.web.watching import watch


class Migration(migrations.Migration):
    dependencies = [("storefront", "0003_pages_follow_forms"), ("reviews", "0003_translations")]

    operations = [
        watch("reviews_reviews", "reviews", "product_id"),
        watch("reviews_questions", "questions", "product_id"),
        watch("reviews_answers", "answers", "question_id"),
    ]
