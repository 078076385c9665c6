"""Tables of the back office are forms of thousands of fields; those of shoppers are not."""

import pytest

from nitka.faces.backoffice.tests import makers
from nitka.shelf.catalog.tests.makers import put_product

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_the_prices_of_many_variants_are_one_form(kind: str) -> None:
    makers.a_shop()
    product_id = put_product("stool").product_id
    form: dict[str, str] = {f"was.{n}": "" for n in range(3000)}
    client = makers.signed_in()
    if kind.startswith("multipart"):
        answer = client.post(f"/back/products/{product_id}/prices", form)
    else:
        answer = client.post(
            f"/back/products/{product_id}/prices", "&".join(f"{name}=" for name in form), content_type=kind
        )
    assert answer.status_code == 303
