"""What is theirs though nobody knew whose it was: by the address of the mail whose link they followed."""

from uuid import uuid4

import pytest

from nitka.ground.belongings import Party, StandIns
from nitka.shelf.catalog.tests.makers import put_product
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import belongings, queries
from nitka.shelf.reviews.models import Invitation, Review, Upload
from nitka.shelf.reviews.tests.test_write_review import a_picture, written

pytestmark = pytest.mark.django_db


def test_a_guests_review_is_exported_and_erased_by_the_address_that_was_invited() -> None:
    table = put_product().product_id
    for code, email in (("NK-1", "ida@example.com"), ("NK-2", "per@example.com")):
        reviews.invite(order_code=code, product_ids=[table], email=email)
        token = queries.invitation_token(Invitation.objects.get(order_code=code).id)
        reviews.write_review(product_id=table, written=written(title=email, pictures=[a_picture()]), token=token)
    ida = Party(ids=frozenset(), emails=frozenset(["ida@example.com"]))
    assert [each.title for each in belongings.reviews(ida)] == ["ida@example.com"]
    assert belongings.uploads(ida).count() == 1
    assert belongings.empty_reviews(ida, StandIns(uuid4())) == 1
    assert sorted(Review.objects.values_list("title", flat=True)) == ["", "per@example.com"]
    assert Upload.objects.count() == 1
