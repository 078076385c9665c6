"""Ready pages: for whom, for what, and for how long."""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import brotli
import pytest
from django.core import signals
from django.db import close_old_connections, connection

from nitka.faces.storefront.tests.makers import Shop
from nitka.faces.storefront.tests.ready import House, header, house
from nitka.faces.storefront.tests.test_picked import in_collections
from nitka.ground import clock
from nitka.ground.web.page_cache import news
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.content import actions as content
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import queries as known
from nitka.shelf.search import actions as search
from nitka.shelf.search import queries as found
from tests.worker import run_jobs

BLANKET = "/en/p/fonn-wool-blanket/"
PUBLIC = [
    "/en/", "/en/c/textiles/", BLANKET, "/en/search?q=lamp", "/en/help/delivery/", "/en/article/wool/",
    "/en/collections/the-long-table/", "/en/makers/leir-co/", "/en/legal/privacy/", "/en/pages/winter/",
    "/en/quiz/winter/warm?a=0", f"{BLANKET}reviews?stars=5", f"{BLANKET}questions",
    "/en/compare?p=fonn-wool-blanket&p=brass-lamp",
]  # fmt: skip


SHOWS_PRICES = ["/en/", "/en/c/textiles/", BLANKET, "/en/pages/winter/", PUBLIC[-4], PUBLIC[-1]]


@pytest.fixture
def door(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A process that looks for changes at every request; its connection is the test's own, and stays."""
    monkeypatch.setattr(news, "LOOK_EVERY", 0.0)
    more_to_see()
    settle()
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield house()
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


def more_to_see() -> None:
    """A collection, a maker, and a page of goods."""
    in_collections()
    content.put_page(draft=content.Draft(slug="winter", kind="landing", title={"en": "Winter"}, blocks=[
        {"kind": "text", "text": {"en": "It is *cold*."}},
        {"kind": "products", "goods": {"category": "textiles"}},
        {"kind": "quiz", "id": "warm", "title": {"en": "How cold?"}, "goods": {"category": "textiles"}, "questions": [
            {"text": {"en": "Cold?"}, "answers": [{"text": {"en": "Very"}}, {"text": {"en": "A little"}}]},
        ]},
    ]))  # fmt: skip


def word(reply: object) -> str:
    return header(reply, "X-Page-Cache")  # type: ignore[arg-type]


# --- For whom -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PUBLIC)
def test_the_second_visitor_gets_the_page_that_was_made_for_the_first(door: House, path: str) -> None:
    first, second = door.get(path), door.get(path, User_Agent="another", Accept_Language="en-PL")
    assert (word(first), word(second)) == ("miss", "hit")
    assert first.body == second.body
    assert len(door.made) == 1


@pytest.mark.parametrize("path", PUBLIC)
def test_a_ready_page_is_what_django_would_show(door: House, path: str) -> None:
    assert door.get(path).body == door.plain(path).body


@pytest.mark.parametrize("cookie", ["nitka_cart=0123456789abcdefXYZ", "nitka_session=abc", "a=1; nitka_session=x"])
def test_who_has_a_cart_or_is_signed_in_gets_a_page_of_their_own(door: House, cookie: str) -> None:
    door.get(BLANKET)
    assert word(door.get(BLANKET, cookie=cookie)) == ""


def test_nothing_of_who_comes_first_reaches_the_page(door: House) -> None:
    door.get(
        BLANKET + "?utm_source=friend&fbclid=PERSONAL", cookie="nitka_visitor=PERSONAL-1; other=PERSONAL",
        User_Agent="PERSONAL", Referer="https://PERSONAL.example", X_Forwarded_For="198.51.100.9",
        X_Request_ID="PERSONAL-request", Accept_Language="en-PL, PERSONAL",
    )  # fmt: skip
    [seen] = door.made
    assert "PERSONAL" not in str({key: value for key, value in seen.items() if not key.startswith("wsgi.")})
    assert seen["REMOTE_ADDR"] == "" and "HTTP_X_FORWARDED_FOR" not in seen


@pytest.mark.parametrize("name", ["HX_Request", "Authorization", "Range"])
def test_who_asks_for_something_else_than_the_page_is_handed_on(door: House, name: str) -> None:
    door.get(BLANKET)
    assert word(door.get(BLANKET, **{name: "true"})) == ""


def test_a_link_of_a_mail_is_handed_on(door: House) -> None:
    assert word(door.get(BLANKET + "?nk=abc")) == ""


def test_posts_and_pages_that_are_not_public_are_handed_on(door: House) -> None:
    assert word(door.get(BLANKET, method="POST")) == ""
    for path in ("/en/cart", "/en/consent", "/en/suggest?q=la", "/back/", "/en/account/", "/en/nowhere"):
        assert word(door.get(path)) == ""
    assert len(door.pages.pages) == 0


# --- For what -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        {"Accept_Language": "en-US"},
        {"cookie": "nitka_prefs=us.imperial"},
        {"cookie": "nitka_theme=dark"},
        {"cookie": "nitka_consent=v1.---.2026-11"},
        {"Sec_GPC": "1"},
        {"DNT": "1"},
    ],
)
def test_market_units_theme_and_consent_make_another_page(door: House, other: dict[str, str]) -> None:
    door.get(BLANKET, Accept_Language="en-DE")
    reply = door.get(BLANKET, **{"Accept_Language": "en-DE", **other})
    assert word(reply) == "miss"
    assert word(door.get(BLANKET, **{"Accept_Language": "en-DE", **other})) == "hit"


def test_a_wish_that_means_the_same_is_the_same_page(door: House) -> None:
    door.get(BLANKET, Accept_Language="en-DE")
    for cookie in ("nitka_prefs=eu.metric", "nitka_theme=purple", "nitka_prefs=nowhere.metric", "_ga=GA1.2.3"):
        assert word(door.get(BLANKET, Accept_Language="en-DE", cookie=cookie)) == "hit"


def test_parameters_that_the_page_does_not_read_are_no_part_of_the_question(door: House) -> None:
    door.get(BLANKET)
    assert word(door.get(BLANKET + "?utm_campaign=spring&gclid=1")) == "hit"
    assert word(door.get(BLANKET + "?variant=FONN-SAND-SMALL")) == "miss"
    assert word(door.get(BLANKET + "?utm_campaign=spring&variant=FONN-SAND-SMALL")) == "hit"


def test_a_redirect_takes_along_what_the_page_does_not_read(door: House) -> None:
    reply = door.get("/pl/c/textiles/?utm_source=mail&page=1")
    assert reply.status.startswith("301")
    assert header(reply, "Location") == "/pl/c/tkaniny/?utm_source=mail&page=1"


def test_errors_are_not_kept(door: House) -> None:
    assert door.get("/en/p/no-such-thing/").status.startswith("404")
    assert len(door.pages.pages) == 0


def test_a_foreign_host_gets_nothing_where_hosts_are_known(door: House, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]  # type: ignore[attr-defined]
    from nitka.faces.storefront import anonymous

    anonymous._known_host.cache_clear()
    door.get(BLANKET)
    assert door.get(BLANKET, Host="evil.example").status.startswith("400")
    anonymous._known_host.cache_clear()


# --- How it is given out ------------------------------------------------------------------------


def test_it_is_compressed_as_the_browser_wishes(door: House) -> None:
    plain = door.get(BLANKET)
    assert brotli.decompress(door.get(BLANKET, Accept_Encoding="gzip, deflate, br").body) == plain.body
    assert zlib.decompress(door.get(BLANKET, Accept_Encoding="gzip").body, wbits=31) == plain.body
    assert door.get(BLANKET, Accept_Encoding="br;q=0, identity").body == plain.body
    assert header(door.get(BLANKET, Accept_Encoding="br"), "Content-Encoding") == "br"


def test_who_has_a_cart_gets_it_compressed_as_well_but_not_what_is_theirs_alone(door: House) -> None:
    cart = "nitka_cart=0123456789abcdefXYZ"
    reply = door.get(BLANKET, cookie=cart, Accept_Encoding="br")
    assert header(reply, "Content-Encoding") == "br" and "Accept-Encoding" in header(reply, "Vary")
    assert brotli.decompress(reply.body) == door.get(BLANKET, cookie=cart).body
    for path in ("/en/cart", "/en/account/sign-in", "/en/consent"):
        assert header(door.get(path, cookie=cart, Accept_Encoding="br"), "Content-Encoding") == ""


def test_a_browser_that_has_it_already_is_told_so(door: House) -> None:
    tag = header(door.get(BLANKET, Accept_Encoding="br"), "ETag")
    again = door.get(BLANKET, Accept_Encoding="br", If_None_Match=tag)
    assert again.status == "304 Not Modified" and again.body == b"" and header(again, "ETag") == tag
    assert door.get(BLANKET, If_None_Match=tag).status == "200 OK"  # another encoding is another representation


def test_head_has_the_headers_of_get(door: House) -> None:
    door.get(BLANKET)
    reply = door.get(BLANKET, method="HEAD")
    assert reply.body == b"" and int(header(reply, "Content-Length")) > 1000


def test_it_bears_all_headers_that_django_gives(door: House) -> None:
    door.get(BLANKET)
    kept = {name.lower(): value for name, value in door.get(BLANKET, X_Request_ID="my-own-number").headers}
    for name, value in door.plain(BLANKET).headers:
        if name.lower() not in ("x-request-id", "vary", "content-length"):
            assert kept[name.lower()] == value
    assert kept["x-request-id"] == "my-own-number"
    assert kept["cache-control"] == "private, no-cache"
    assert header(door.get(BLANKET), "X-Request-ID") != header(door.get(BLANKET), "X-Request-ID")


def test_rate_limits_count_what_is_given_out(door: House, settings: object) -> None:
    settings.NITKA_RATE_LIMITS = True  # type: ignore[attr-defined]
    statuses = [door.get("/en/search?q=lamp").status[:3] for _time in range(241)]
    assert statuses == ["200"] * 240 + ["429"]
    assert len(door.made) == 2  # the page, and the refusal


# --- For how long -------------------------------------------------------------------------------


def settle() -> None:
    """What the worker and the follower of the index do within two seconds."""
    run_jobs()
    search.follow_once()
    found.index_state()


def test_a_new_price_is_on_the_next_page(door: House, shop: Shop) -> None:
    before = [door.get(path).body for path in PUBLIC]
    pricing.set_prices(prices=[(shop.variants["FONN-CLAY-SMALL"], "eu", 4321, None)])  # type: ignore[list-item]
    settle()
    after = [door.get(path).body for path in PUBLIC]
    assert not any(b"43.21" in body for body in before)
    shows = {path for path, body in zip(PUBLIC, after, strict=True) if b"43.21" in body}
    assert {"/en/", "/en/c/textiles/", BLANKET} <= shows <= set(SHOWS_PRICES)


def test_a_change_of_one_product_leaves_the_pages_of_others(door: House, shop: Shop) -> None:
    door.get(BLANKET), door.get("/en/p/stone-cup/"), door.get("/en/help/delivery/")
    pricing.set_prices(prices=[(shop.variants["FONN-CLAY-SMALL"], "eu", 4321, None)])  # type: ignore[list-item]
    settle()
    assert word(door.get("/en/p/stone-cup/")) == "hit"
    assert word(door.get("/en/help/delivery/")) == "hit"
    assert word(door.get(BLANKET)) == "miss"


def test_what_people_say_of_one_product_is_on_its_pages_at_once_and_on_no_others(door: House) -> None:
    blanket = catalog.product_by_handle("fonn")
    assert blanket
    listed, asked, cup = f"{BLANKET}reviews", f"{BLANKET}questions", "/en/p/stone-cup/reviews"
    for path in (listed, asked, cup):
        door.get(path)
    reviews.put_review(draft=reviews.ReviewDraft(product_id=blanket, key="one", rating=5, title="Soft as moss"))
    search.rebuild(product_ids=[blanket])
    settle()
    assert b"Soft as moss" in door.get(listed).body and word(door.get(cup)) == "hit"
    (review,) = known.reviews_of(product_id=blanket).items
    reviews.vote(review_id=review.id, voter=uuid4(), helpful=True)
    assert b"Helped 1 person" in door.get(listed).body
    question = reviews.QuestionDraft(product_id=blanket, key="two", body="Does it itch?")
    reviews.put_question(draft=question)
    assert b"Does it itch?" in door.get(asked).body
    (one,) = known.questions_of(product_id=blanket).items
    reviews.answer_question(question_id=one.id, body="Not a bit.", author=uuid4())
    assert b"Not a bit." in door.get(asked).body and word(door.get(cup)) == "hit"


@pytest.mark.parametrize("path", PUBLIC)
def test_a_new_name_of_the_shop_is_on_every_page(door: House, path: str) -> None:
    assert b"Hello World Shop" not in door.get(path).body
    content.set_shop(name="Hello World Shop")
    assert b"Hello World Shop" in door.get(path).body


def test_a_new_category_is_in_every_header(door: House) -> None:
    door.get(BLANKET)
    catalog_actions().put_categories(drafts=[catalog.CategoryDraft(handle="rugs", name={"en": "Rugs and mats"})])
    settle()
    assert b"Rugs and mats" in door.get(BLANKET).body


def catalog_actions() -> object:
    from nitka.shelf.catalog import actions

    return actions


def test_changes_by_hand_in_the_database_count_as_well(door: House) -> None:
    door.get("/en/help/delivery/")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE content_pages SET title = '{\"en\": \"By hand\"}' WHERE slug = 'delivery'")
    assert b"By hand" in door.get("/en/help/delivery/").body


def test_a_statement_that_meets_no_row_throws_nothing_away(door: House) -> None:
    door.get(BLANKET)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE content_pages SET title = '{}' WHERE slug = 'no-such-page'")
    assert word(door.get(BLANKET)) == "hit"


def test_the_time_that_is_left_is_never_told_too_long(door: House) -> None:
    monday = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)
    with clock.freeze(monday):
        assert word(door.get(BLANKET)) == "miss"
    for minutes in (1, 2, 3, 4, 57, 59, 118, 119, 121, 177, 239, 299):
        with clock.freeze(monday + timedelta(minutes=minutes)):
            assert door.get(BLANKET).body == door.plain(BLANKET).body, minutes


def test_no_page_is_given_out_for_longer_than_five_minutes(door: House) -> None:
    door.get("/en/help/delivery/")
    with clock.freeze(clock.now() + timedelta(seconds=301)):
        assert word(door.get("/en/help/delivery/")) == "miss"


def test_without_a_database_nothing_is_given_out(door: House, monkeypatch: pytest.MonkeyPatch) -> None:
    door.get(BLANKET)
    monkeypatch.setattr(news, "_NEWS", "SELECT 1/0 -- %s")
    monkeypatch.setattr(news, "LEASE", 0.0)
    asked: list[object] = []
    door.pages.application = lambda environ, start: (asked.append(environ), start("503 Down", []), [b""])[2]
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
    assert door.get(BLANKET).status == "503 Down" and asked
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK TO SAVEPOINT before")


def test_memory_for_pages_is_bounded(door: House) -> None:
    small = house(most_bytes=400_000)
    for number in range(60):
        small.get(f"/en/search?q=word{number}")
    assert 0 < small.pages.pages.bytes <= 400_000
    assert word(small.get("/en/search?q=word59")) == "hit" and word(small.get("/en/search?q=word0")) == "miss"
