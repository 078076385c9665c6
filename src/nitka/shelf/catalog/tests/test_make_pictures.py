from pathlib import Path

import pytest
from PIL import Image

from nitka.ground import pictures as making
from nitka.ground.facts.models import FactRow
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries
from nitka.shelf.catalog.models import Media
from nitka.shelf.catalog.tests.makers import put_product
from nitka.shelf.catalog.tests.pictures import picture_bytes
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_root(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.mark.parametrize(
    ("original", "widths"),
    [(100, [100]), (320, [320]), (700, [320, 640]), (800, [320, 640, 800]), (1400, [320, 640, 960, 1400]),
     (4000, [320, 640, 960, 1400])],
)  # fmt: skip
def test_pictures_are_made_smaller_and_never_larger(original, widths) -> None:
    from nitka.ground.pictures import widths_for

    assert widths_for(original) == widths


def test_a_worker_makes_both_formats_and_tells_it(media_root) -> None:
    product_id = put_product().product_id
    catalog.add_media(product_id=product_id, content=picture_bytes(700, 350))
    assert queries.products_without_renditions() == [product_id]
    run_jobs()
    view = queries.product_source([product_id])[0].media[0]
    assert [mime for mime, _set in view.sources] == ["image/avif", "image/webp"]
    assert view.srcset.count("w,") == 1 and view.srcset.endswith("640w") and "-640.webp" in view.src
    for name in media_root.rglob("*-320.*"):
        assert Image.open(name).size == (320, 160)
    assert FactRow.objects.filter(kind="catalog.pictures_made", subject=str(product_id)).count() == 1
    assert queries.products_without_renditions() == []


def test_a_second_time_makes_and_tells_nothing(monkeypatch) -> None:
    product_id = put_product().product_id
    catalog.add_media(product_id=product_id, content=picture_bytes(400, 300))
    assert catalog.make_pictures(product_id=product_id) == 1
    assert catalog.make_pictures(product_id=product_id) == 0
    assert FactRow.objects.filter(kind="catalog.pictures_made").count() == 1


def test_what_was_made_before_a_crash_is_found_again(monkeypatch, media_root) -> None:
    product_id = put_product().product_id
    catalog.add_media(product_id=product_id, content=picture_bytes(700, 350))
    real, made = making._encoded, []

    def dies_at_the_third(image: object, width: int, form: str, sized: object) -> bytes:
        if len(made) == 3:
            raise KeyboardInterrupt
        made.append((width, form))
        return real(image, width, form, sized)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "_encoded", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        catalog.make_pictures(product_id=product_id)
    assert Media.objects.get().made_at is None
    monkeypatch.setattr(making, "_encoded", lambda *given: made.append(given[1:3]) or real(*given))
    catalog.make_pictures(product_id=product_id)
    assert len(made) == 4 and len(set(made)) == 4
    assert not [path for path in media_root.rglob("*") if path.name.startswith(".")]


def test_a_picture_that_went_away_leaves_the_original_and_is_not_tried_for_ever(media_root) -> None:
    product_id = put_product().product_id
    catalog.add_media(product_id=product_id, content=picture_bytes())
    Path(media_root / Media.objects.get().file).unlink()
    assert catalog.make_pictures(product_id=product_id) == 1
    view = queries.product_source([product_id])[0].media[0]
    assert view.src == view.original and view.sources == ()
