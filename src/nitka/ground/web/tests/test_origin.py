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


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["unicode_escape", "rot13", "utf-7", "utf-16"])
def test_a_form_is_spelt_as_browsers_spell_it(client, charset: str) -> None:
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    form = b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n\\ud800\r\n--x--\r\n'
    assert client.generic("POST", "/en/newsletter", form, kind).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "length", "status"),
    [
        ("/en/newsletter", (64 << 20) + 1, 413), ("/api/v1/carts", 10**12, 413), ("/en/newsletter", "9" * 40, 413),
        ("/api/webhooks/stripe", 10**10, 413), ("/back/settings/", 1 << 30, 413), ("/back/settings/", 100 << 20, 405),
    ],
)  # fmt: skip
def test_a_body_without_end_is_not_begun_with(client, path: str, length: int | str, status: int) -> None:
    answer = client.post(path, {"a": "b"}, headers={"Content-Length": str(length)})
    assert answer.status_code == status
    assert not hasattr(answer.wsgi_request, "_post") or status != 413


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "address"])
@pytest.mark.parametrize(("many", "refused"), [(500, False), (501, True)])
def test_forms_and_addresses_of_shoppers_have_few_fields(client, kind: str, many: int, refused: bool) -> None:
    form = "&".join(f"a{n}=b" for n in range(many))
    if kind == "address":
        answer = client.get(f"/en/search?{form}")
    elif kind.startswith("multipart"):
        parts = "".join(f'--x\r\nContent-Disposition: form-data; name="a{n}"\r\n\r\nb\r\n' for n in range(many))
        answer = client.generic("POST", "/en/newsletter", f"{parts}--x--\r\n", kind)
    else:
        answer = client.post("/en/newsletter", form, content_type=kind)
    # The newsletter refuses a form without an address in words of its own.
    assert (answer.status_code == 400 and b"<form" not in answer.content) is refused
