import pytest
from django.test import RequestFactory

from nitka.ground.web.origin import from_our_own_pages

requests = RequestFactory()


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
    ],
)
def test_only_our_own_pages_and_programs_may_post(headers: dict[str, str], allowed: bool) -> None:
    assert from_our_own_pages(requests.post("/en/cart/add", headers=headers)) is allowed


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/p/%00/", "/en/search?q=a%00b", "/api/v1/carts/%00", "/back/search?q=%00"])
def test_a_nul_is_no_question(client, path: str) -> None:
    assert client.get(path).status_code == 400


@pytest.mark.django_db
def test_a_nul_is_no_answer(client) -> None:
    form = {"data": "email=a%00b", "content_type": "application/x-www-form-urlencoded"}
    assert client.post("/en/newsletter", **form).status_code == 400
