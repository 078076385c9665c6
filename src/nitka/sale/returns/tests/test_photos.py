import io

import pytest
from PIL import Image

from nitka.sale.returns import actions as returns
from nitka.sale.returns import photos, queries
from nitka.sale.returns.tests.makers import a_delivered_order, a_photo, of, view
from nitka.sale.shipping.tests.makers import open_shop


def test_nothing_but_the_picture_stays() -> None:
    before = a_photo()
    assert b"SECRET-CAMERA" in before
    ((content, width, height),) = photos.drawn([before])
    assert b"SECRET-CAMERA" not in content and not Image.open(io.BytesIO(content)).getexif()
    assert (width, height) == (48, 64), "the camera was turned, the picture is not"


def test_a_large_picture_becomes_smaller() -> None:
    ((_content, width, height),) = photos.drawn([a_photo(size=(4000, 2000), exif=False)])
    assert (width, height) == (1600, 800)


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"\xff\xd8\xff" + b"x" * 50, a_photo()[:300]])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(returns.PhotoProblem):
        photos.drawn([content])


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    with pytest.raises(returns.PhotoProblem):
        photos.drawn([out.getvalue()])


def test_six_are_too_many_and_too_many_bytes_too() -> None:
    with pytest.raises(returns.PhotoProblem):
        photos.drawn([a_photo()] * 6)
    with pytest.raises(returns.PhotoProblem):
        photos.drawn([b"x" * (photos.MOST_BYTES + 1)])


@pytest.mark.django_db
def test_a_photo_is_found_by_its_own_case_alone() -> None:
    open_shop()
    order = a_delivered_order()
    by = returns.holder(order.token)
    one = view(
        returns.complain(order_id=order.id, words="Look!", by=by, photos=[a_photo()], lines=of(order, 1, "damaged"))
    )
    other = returns.complain(order_id=order.id, words="And this.", by=by)
    assert queries.photo(one.photos[0], one.id) and queries.photo(one.photos[0], other) is None
