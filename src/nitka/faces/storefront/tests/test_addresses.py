"""What is asked from outside by those who are no shopper: nearly right addresses, other methods, headers, pieces."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("/en/checkout/", "/en/checkout"),
        ("/en/cart/", "/en/cart"),
        ("/en/search/?q=a%20b&x=%2F", "/en/search?q=a%20b&x=%2F"),
        ("/en/account/orders/", "/en/account/orders"),
        ("/en//c/textiles/", "/en/c/textiles/"),
        ("/en/c/textiles//", "/en/c/textiles/"),
        ("/en/p/fonn-wool-blanket/reviews/", "/en/p/fonn-wool-blanket/reviews"),
        ("/en//p/fonn-wool-blanket", "/en/p/fonn-wool-blanket/"),
        ("/en/p/блан%25ket/reviews/", "/en/p/%D0%B1%D0%BB%D0%B0%D0%BD%25ket/reviews"),
        ("/robots.txt/", "/robots.txt"),
    ],
)
def test_a_slash_too_many_leads_to_the_page_that_was_meant(visitor: Client, asked: str, right: str) -> None:
    for method in (visitor.get, visitor.head):
        answer = method(asked)
        assert (answer.status_code, answer["Location"]) == (301, right)


@pytest.mark.parametrize(
    "asked",
    ["/en/nothing/", "/\\evil.example/", "/en/p//", "/%5Cevil.example//", "/en/cart%0d%0aX-Evil:1/", "/en/p/no-such-thing/"],
)  # fmt: skip
def test_nothing_else_leads_anywhere_and_never_to_another_host(visitor: Client, asked: str) -> None:
    assert visitor.get(asked).status_code == 404


@pytest.mark.parametrize(
    ("asked", "right"),
    [("//evil.example/", ""), ("//evil.example/en/", ""), ("//evil.example/%2e%2e/", ""), ("//en/cart", "/en/cart"),
     ("///", "/"), ("//evil.txt/", "/evil.txt"), ("//\\evil.example//en/cart/", "")],
)  # fmt: skip
def test_two_slashes_in_front_are_no_host(visitor: Client, asked: str, right: str) -> None:
    answer = visitor.get("/", PATH_INFO=asked)  # the client itself would take them for one
    assert (answer.status_code, answer.get("Location", "")) == ((301, right) if right else (404, ""))


def test_only_who_reads_is_led(visitor: Client) -> None:
    assert visitor.post("/en/cart/add/", {"variant": "x"}).status_code == 404


@pytest.mark.parametrize("path", ["/en/p/fonn-wool-blanket/", "/en/", "/en/search?q=cup", "/en/legal/terms/"])
def test_a_page_for_everybody_is_only_read(visitor: Client, path: str) -> None:
    for method in ("PUT", "DELETE", "TRACE", "PROPFIND", "POST"):
        answer = visitor.generic(method, path)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    answer = visitor.options(path)
    assert (answer.status_code, answer["Allow"], answer.content) == (200, "GET, HEAD, OPTIONS", b"")


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/sitemap-pages.xml", "/llms.txt", "/en/suggest?q=cu"])
def test_files_for_machines_are_only_read(visitor: Client, path: str) -> None:
    assert visitor.head(path).status_code == 200
    assert visitor.post(path).status_code == visitor.delete(path).status_code == 405


def test_whoever_reloads_the_answer_to_a_form_is_told_so_in_their_language(visitor: Client) -> None:
    answer = visitor.get("/hy/newsletter")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert '<html lang="hy"' in answer.content.decode()
    assert 'href="/hy/"' in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/en/", "/en/cart", "/en/nothing", "/robots.txt", "/sitemap.xml", "/sitemap-pages.xml", "/llms.txt", "/favicon.ico",
     "/en/offline", "/api/v1/nothing", "/en/account/", "/media/nothing.avif", "/back/sign-in", "/en/cart/", "/en/newsletter"],
)  # fmt: skip
def test_every_answer_says_what_it_is_and_what_may_be_done_with_it(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cache-Control"]


def test_maps_are_packed_for_who_can_read_it(visitor: Client) -> None:
    answer = visitor.get("/sitemap-pages.xml", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]


@pytest.fixture
def film(settings: Any, tmp_path: Path) -> bytes:
    settings.MEDIA_ROOT = tmp_path
    data = bytes(range(256)) * 1000
    (tmp_path / "film.mp4").write_bytes(data)
    return data


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-1", 0, 1), ("bytes=100-", 100, 255_999), ("bytes=-7", 255_993, 255_999), ("bytes=5-9999999", 5, 255_999),
     ("bytes=-9999999", 0, 255_999), ("bytes=70000-200000", 70_000, 200_000)],
)  # fmt: skip
def test_a_film_is_given_in_pieces(client: Client, film: bytes, asked: str, first: int, last: int) -> None:
    answer = client.get("/media/film.mp4", headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.getvalue() == film[first : last + 1]
    assert answer["Content-Range"] == f"bytes {first}-{last}/256000"
    assert answer["Content-Length"] == str(last - first + 1)
    assert (answer["Content-Type"], answer["Accept-Ranges"]) == ("video/mp4", "bytes")


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=9-3", "bytes=-0"])
def test_a_piece_that_is_not_there_is_refused(client: Client, film: bytes, asked: str) -> None:
    answer = client.get("/media/film.mp4", headers={"Range": asked})
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */256000")


def test_all_of_it_is_given_where_pieces_make_no_sense(client: Client, film: bytes) -> None:
    plain = client.get("/media/film.mp4")
    assert (plain.status_code, plain["Accept-Ranges"]) == (200, "bytes")
    for headers in ({"Range": "bytes=0-1,5-9"}, {"Range": "lines=1-2"}, {"Range": "bytes=-"},
                    {"Range": "bytes=0-1", "If-Range": "Wed, 21 Oct 2015 07:28:00 GMT"}):  # fmt: skip
        answer = client.get("/media/film.mp4", headers=headers)
        assert (answer.status_code, answer.getvalue()) == (200, film)
    same = {"Range": "bytes=0-1", "If-Range": plain["Last-Modified"]}
    assert client.get("/media/film.mp4", headers=same).status_code == 206
