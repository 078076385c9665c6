"""GET /<language>/p/<slug>/model"""

import io
import zipfile
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from nitka.faces.storefront.tests.makers import forget
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.search import actions as search

pytestmark = pytest.mark.django_db
BLANKET = "/en/p/fonn-wool-blanket/"
GLB = b"glTF\x02\0\0\0\x0c\0\0\0"


def usdz() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("blanket.usdc", b"PXR-USDC")
    return held.getvalue()


def blanket() -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalog_products WHERE handle = 'fonn'")
        return cursor.fetchone()[0]


def give(*models: tuple[bytes, dict[str, str]]) -> None:
    for content, options in models:
        catalog.add_media(product_id=blanket(), content=content, kind="model", options=options)
    search.rebuild()
    forget()


def test_a_product_without_a_model_has_no_such_page_and_no_button_to_it(visitor: Client) -> None:
    assert visitor.get(BLANKET + "model").status_code == 404
    assert "data-model" not in visitor.get(BLANKET).content.decode()


def test_the_code_for_a_phone_holds_nothing_that_stood_in_the_address(visitor: Client) -> None:
    give((GLB, {}))
    plain = visitor.get(BLANKET + "model").content
    assert visitor.get(BLANKET + "model?x=" + "a" * 5000).content == plain  # more than any code can hold
    assert visitor.get(BLANKET + "model?variant=" + "a" * 5000).content == plain


def test_the_viewer_names_the_files_of_browsers_and_of_phones_of_apple(visitor: Client) -> None:
    give((GLB, {}), (usdz(), {}))
    text = visitor.get(BLANKET + "model").content.decode()
    assert ".glb" in text and '.usdz"' in text
    assert 'ar-modes="webxr scene-viewer quick-look"' in text and 'ar-scale="fixed"' in text
    assert "130 × 170" not in text and "140 cm" in text


def test_the_model_is_that_of_the_chosen_variant(visitor: Client) -> None:
    give((GLB + b"clay", {"colour": "clay"}), (GLB + b"sand", {"colour": "sand"}))
    clay, sand = (
        visitor.get(f"{BLANKET}model?variant=FONN-{colour}-SMALL").content.decode().split('src="/media/')[1][:60]
        for colour in ("CLAY", "SAND")
    )
    assert clay != sand


def test_it_may_stand_in_a_frame_of_ours_and_run_wasm_but_evaluate_nothing(visitor: Client) -> None:
    give((GLB, {}))
    answer = visitor.get(BLANKET + "model")
    policy = answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN" and "frame-ancestors 'self'" in policy
    assert "'wasm-unsafe-eval'" in policy and "'unsafe-eval'" not in policy and "http" not in policy
    assert "default-src 'none'" in policy and "form-action 'none'" in policy
    assert "xr-spatial-tracking=(self)" in answer["Permissions-Policy"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert "unsafe" not in visitor.get(BLANKET)["Content-Security-Policy"]


def test_an_old_address_leads_to_that_of_now(visitor: Client) -> None:
    give((GLB, {}))
    answer = visitor.get("/pl/p/fonn-wool-blanket/model?variant=FONN-CLAY-SMALL")
    assert (answer.status_code, answer["Location"]) == (301, "/pl/p/koc-welniany-fonn/model?variant=FONN-CLAY-SMALL")
