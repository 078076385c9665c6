import struct
import zlib

import pytest

from nitka.ground.ids import new_id
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries
from nitka.shelf.catalog.models import Media
from nitka.shelf.catalog.queries import MediaDraft
from nitka.shelf.catalog.tests.makers import put_in_sizes, put_product
from nitka.shelf.catalog.tests.pictures import picture_bytes, picture_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_root(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def png_of_size(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_a_picture_is_kept_under_its_content_with_size_and_blur(tmp_path, media_root) -> None:
    product_id = put_product().product_id
    catalog.add_media(product_id=product_id, path=picture_file(tmp_path), alt={"en": "Oak table"})
    view = queries.product_source([product_id])[0].media[0]
    assert (view.width, view.height, view.alt) == (800, 600, {"en": "Oak table"})
    assert view.placeholder.startswith("data:image/webp;base64,") and len(view.placeholder) < 600
    assert view.src == f"/media/{view.file}" and view.srcset == ""
    assert (media_root / view.file).read_bytes() == (tmp_path / "oak.png").read_bytes()


def test_the_same_picture_a_second_time_is_the_same(tmp_path) -> None:
    product_id = put_product().product_id
    first = catalog.add_media(product_id=product_id, content=picture_bytes())
    assert catalog.add_media(product_id=product_id, content=picture_bytes()) == first
    second = catalog.add_media(product_id=product_id, content=picture_bytes(colour="red"))
    assert [view.id for view in queries.product_source([product_id])[0].media] == [first, second]
    catalog.remove_media(media_id=first)
    catalog.remove_media(media_id=first)
    assert [view.id for view in queries.product_source([product_id])[0].media] == [second]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<svg onload=alert(1)>", "picture"),
        (b"not a picture", "picture"),
        (b"", "picture"),
        (picture_bytes(form="JPEG")[:-400], "picture"),
        (png_of_size(60_000, 60_000), "picture"),
        (picture_bytes(form="BMP"), "picture"),
        (b"<html>", "document"),
        (b"%PDF-1.7", "model"),
    ],
)
def test_a_file_that_is_not_what_it_claims_is_refused_and_not_kept(content, kind, media_root) -> None:
    product_id = put_product().product_id
    with pytest.raises(catalog.FileRefused):
        catalog.add_media(product_id=product_id, content=content, kind=kind, name="x")
    assert not media_root.exists() and not Media.objects.exists()


def test_documents_and_models_are_known_by_their_first_bytes() -> None:
    product_id = put_product().product_id
    catalog.add_media(product_id=product_id, content=b"%PDF-1.7 ...", kind="document", title={"en": "Care"})
    catalog.add_media(product_id=product_id, content=b"glTF\x02\0\0\0", kind="model")
    files = [view.file.rsplit(".")[-1] for view in queries.product_source([product_id])[0].media]
    assert files == ["pdf", "glb"]


def test_a_file_of_an_unknown_product_is_refused() -> None:
    with pytest.raises(catalog.UnknownProduct):
        catalog.add_media(product_id=new_id(), content=picture_bytes())


def test_a_draft_brings_its_files_and_addresses_elsewhere_are_not_fetched(tmp_path) -> None:
    files = (
        MediaDraft(path=picture_file(tmp_path)),
        MediaDraft(url="http://192.0.2.1/a.png"),
        MediaDraft(path=picture_file(tmp_path, "m.png", colour="blue"), options={"size": "m"}),
    )
    put = put_in_sizes(media=files)
    source = queries.product_source([put.product_id])[0]
    assert [view.options for view in source.media] == [{}, {"size": "m"}]
    views = {view.sku: view for view in queries.variants(put.variants.values()).values()}
    shown = {sku: view.image.file if view.image else "" for sku, view in views.items()}
    assert shown == {"LINEN-SHIRT-S": source.media[0].file, "LINEN-SHIRT-M": source.media[1].file}
    assert views["LINEN-SHIRT-M"].option_text == {"en": "M"}


def test_a_product_with_a_broken_picture_goes_in_without_it_and_is_looked_at_again(tmp_path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"nothing")
    from nitka.shelf.catalog.tests.makers import draft

    wanted = draft(media=(MediaDraft(path=broken), MediaDraft(path=picture_file(tmp_path))))
    outcome = catalog.put_sound_products(drafts=[wanted])
    assert len(outcome.puts) == 1 and "broken.png" in outcome.refusals[0].reason
    assert len(queries.product_source([outcome.puts[0].product_id])[0].media) == 1
    picture_file(tmp_path, "broken.png", colour="green")
    assert catalog.put_sound_products(drafts=[wanted]).puts[0].changed
    assert len(queries.product_source([outcome.puts[0].product_id])[0].media) == 2
    assert not catalog.put_sound_products(drafts=[wanted]).puts[0].changed
