"""Reviews on the product page, all of them with filters, writing one, voting."""

import json
import re
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from nitka.faces.storefront.tests.account_makers import sign_in
from nitka.faces.storefront.tests.makers import Shop, forget
from nitka.people.customers import queries as people
from nitka.people.customers.models import Customer
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import queries as known
from nitka.shelf.reviews.models import Invitation, Review, Rules
from nitka.shelf.reviews.tests.makers import draft
from nitka.shelf.search import actions as search
from tests.cast import ANNA
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
LAMP = "/en/p/brass-lamp/"


@pytest.fixture
def lamp(shop: Shop) -> UUID:
    known.forget()
    found = catalog.product_by_handle("brass-lamp")
    assert found
    return found


def said(lamp: UUID, *drafts: reviews.ReviewDraft) -> None:
    reviews.put_reviews(drafts=drafts)
    search.rebuild(product_ids=[lamp])
    forget()


def page(client: Client, path: str = LAMP) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def test_a_product_without_reviews_invites_to_write_the_first(visitor: Client, lamp: UUID) -> None:
    text = page(visitor)
    assert "Nobody has reviewed this yet." in text and f'href="{LAMP}review"' in text
    assert "aggregateRating" not in text


def test_a_translation_is_said_to_be_one_and_the_original_is_one_click_away(visitor: Client, lamp: UUID) -> None:
    reviews.put_reviews(drafts=[draft(lamp, 4, title="Ciepła", body="Świeci & grzeje.", language="pl")])
    Review.objects.update(translations={"en": {"title": "<b>Warm", "body": "It shines."}, "bg": {}})
    search.rebuild(product_ids=[lamp])
    forget()
    for path in (LAMP, f"{LAMP}reviews"):
        text = page(visitor, path)
        assert "&lt;b&gt;Warm</h" in text and '<div class="words"><p>It shines.</p></div>' in text
        assert "Translated by a program from: Polski" in text and "written in: Polski" not in text
        assert '<div lang="pl"><p><b>Ciepła</b></p><p>Świeci &amp; grzeje.</p></div></details>' in text
    assert '"reviewBody":"Świeci' in page(visitor), "search engines are told what was written"
    untouched = page(visitor, f"/pl/p/{catalog.product(lamp).slug.get('pl', 'brass-lamp')}/reviews")  # type: ignore[union-attr]
    assert "Ciepła</h" in untouched and "program" not in untouched


def test_stars_words_and_answer_stand_on_the_page(visitor: Client, lamp: UUID) -> None:
    said(lamp, draft(lamp, 5, title="Warm", body="Lights the whole table.", nickname="Ida", verified=True,
                     answer="Thank you!"),
         draft(lamp, 4, key="b", body="Świeci ciepło.", language="pl"))  # fmt: skip
    text = page(visitor)
    assert "4.5 of 5" in text and "2 reviews" in text and "Bought here" in text and "Thank you!" in text
    assert "written in: Polski" in text and '<div class="words" lang="pl">' in text
    data = next(json.loads(each) for each in re.findall(r"<script type=\"application/ld\+json\">(.*?)</script>", text)
                if '"Product"' in each)  # fmt: skip
    assert data["aggregateRating"]["ratingValue"] == "4.50" and data["aggregateRating"]["reviewCount"] == 2
    assert {each["author"]["name"] for each in data["review"]} == {"Ida", "A customer"}


def test_what_people_write_is_text_and_never_html(visitor: Client, lamp: UUID) -> None:
    said(
        lamp,
        draft(lamp, 1, title="<img src=x onerror=alert(1)>", body="</script><script>alert(2)</script>", nickname="<b>"),
    )
    text = page(visitor)
    assert "<img src=x" not in text and "<script>alert" not in text


def test_cards_say_the_stars(visitor: Client, lamp: UUID) -> None:
    said(lamp, draft(lamp, 4))
    search.follow_once()
    assert '<p class="rated">' in page(visitor, "/en/c/textiles/")


def test_the_list_can_be_filtered_and_its_chips_taken_back(visitor: Client, lamp: UUID) -> None:
    said(lamp, *[draft(lamp, n, key=str(n), body=f"Stars: {n}", verified=n > 3) for n in range(1, 6)])
    text = page(visitor, f"{LAMP}reviews?stars=2")
    assert "Stars: 2" in text and "Stars: 5" not in text and 'aria-current="true">2 stars</a>' in text
    assert 'content="noindex, follow"' in text
    bought = page(visitor, f"{LAMP}reviews?bought=1&sort=worst")
    assert "Stars: 1" not in bought and bought.index("Stars: 4") < bought.index("Stars: 5")
    for odd in ("?stars=nine", "?page=0", "?page=99999999", "?topic=x%27", "?language=%27"):
        page(visitor, f"{LAMP}reviews{odd}")


def test_pages_of_the_list_are_links(visitor: Client, lamp: UUID) -> None:
    said(lamp, *[draft(lamp, 3, key=str(n), body=f"Number {n}.") for n in range(23)])
    assert f'href="{LAMP}reviews?page=3"' in page(visitor, f"{LAMP}reviews")


def test_a_vote_is_sent_back_to_the_page_and_counts_once(visitor: Client, lamp: UUID) -> None:
    said(lamp, draft(lamp, 4))
    one = Review.objects.get()
    for _again in range(2):
        answer = visitor.post(f"/en/reviews/{one.id}/vote", {"helpful": "1", "next": LAMP})
        assert answer.status_code == 303 and answer["Location"] == f"{LAMP}#review-{one.id}"
    assert Review.objects.get().helpful == 1
    away = visitor.post(f"/en/reviews/{one.id}/vote", {"next": "https://evil.example/"})
    assert away["Location"].startswith("/en/")
    live = visitor.post(f"/en/reviews/{one.id}/vote", headers={"HX-Request": "true"})
    assert live.content == b"Thank you"


def test_a_stranger_is_told_who_may_write(visitor: Client, lamp: UUID) -> None:
    text = page(visitor, f"{LAMP}review")
    assert "Reviews are by people who bought it here" in text and "sign-in?next=/en/p/brass-lamp/review" in text


FORM = {"rating": "4", "title": "Good", "body": "Lights the table and no more.", "nickname": "Anna", "language": "en"}


def test_the_link_of_the_mail_opens_the_form(visitor: Client, lamp: UUID) -> None:
    reviews.put_aspects(category_id=None, aspects=[("quality", {"en": "Quality"})])
    reviews.invite(order_code="NK-1", product_ids=[lamp], email="anna@example.com")
    path = f"{LAMP}review?k={known.invitation_token(Invitation.objects.get().id)}"
    answer = visitor.get(path)
    assert "Quality" in answer.content.decode() and "no-store" in answer["Cache-Control"]
    wrong = visitor.post(path, FORM | {"rating": "", "body": "no"})
    assert wrong.status_code == 422 and "Choose one to five stars." in wrong.content.decode()
    done = visitor.post(path, FORM | {"aspect-quality": "5", "aspect-other": "5"})
    assert "Thank you for your review" in done.content.decode()
    row = Review.objects.get()
    assert row.verified and row.aspects == {"quality": 5} and row.state == "waiting"
    assert 'value="Anna"' in page(visitor, path), "the form shows what was written"


def test_a_robot_falls_into_the_trap(visitor: Client, lamp: UUID) -> None:
    reviews.set_rules(open_to_all=True, look_first=True, invite="buyers", invite_after_days=1)
    answer = visitor.post(f"{LAMP}review", FORM | {"website": "http://spam.example"})
    assert "a machine" in answer.content.decode() and not Review.objects.exists()


def test_the_account_shows_what_is_written_and_what_may_be(visitor: Client, lamp: UUID) -> None:
    sign_in(visitor, ANNA.email)
    me = Customer.objects.get(email=ANNA.email)
    reviews.invite(order_code="NK-1", product_ids=[lamp], customer_id=me.id, email=ANNA.email)
    assert "Brass lamp" in page(visitor, "/en/account/reviews")
    assert visitor.post(f"{LAMP}review", FORM).status_code == 200
    text = page(visitor, "/en/account/reviews")
    assert "we are reading it" in text and "What do you think of it?" not in text
    one = Review.objects.get()
    assert one.customer_id in people.proved_ids_of(me.id)
    reviews.refuse_review(review_id=one.id, reason="Names a person")
    assert "not shown: Names a person" in page(visitor, "/en/account/reviews")


def test_leaving_invitations_needs_the_button(visitor: Client, lamp: UUID) -> None:
    path = f"/en/reviews/leave?k={known.silence_token('anna@example.com')}"
    assert "Never ask me" in page(visitor, path)
    assert "will not ask you" in visitor.post(path).content.decode()
    assert "does not work" in visitor.post("/en/reviews/leave?k=forged").content.decode()


def test_questions_are_asked_confirmed_answered_and_shown(visitor: Client, lamp: UUID) -> None:
    from nitka.people.contact.models import OutgoingMail

    asked = visitor.post(
        f"{LAMP}ask", {"body": "Which bulb does it take?", "email": "bo@example.com", "nickname": "Bo"}
    )
    assert "One more click" in asked.content.decode()
    link = re.search(r"/en/questions/confirm\?token=[\w-]+", OutgoingMail.objects.latest("created_at").text)
    assert link and "Is this your question?" in page(visitor, link[0])
    assert "Thank you for your question" in visitor.post(link[0]).content.decode()
    [queued] = known.queue("questions").items
    reviews.answer_question(question_id=queued.item.id, body="E27, up to 40 watts.")
    run_jobs()
    forget()
    assert "E27, up to 40 watts." in page(visitor) and "bo@example.com" not in page(visitor)
    assert "Bo asked on" in page(visitor, f"{LAMP}questions")


def test_a_question_without_an_address_is_asked_for_one(visitor: Client, lamp: UUID) -> None:
    answer = visitor.post(f"{LAMP}ask", {"body": "Which bulb does it take?", "email": "nobody"})
    assert "check the e-mail address" in answer.content.decode() and answer.status_code >= 400


def test_one_address_does_not_vote_by_calling_itself_other_browsers(
    visitor: Client, lamp: UUID, settings: Settings
) -> None:
    settings.NITKA_RATE_LIMITS = True
    said(lamp, draft(lamp, 5))
    path = f"/en/reviews/{Review.objects.get().id}/vote"
    answers = [visitor.post(path, headers={"User-Agent": f"Browser {n}"}).status_code for n in range(12)]
    api = visitor.post(
        f"/api/v1/reviews/{Review.objects.get().id}/vote", {"helpful": True}, "application/json",
        headers={"User-Agent": "Another"},
    )  # fmt: skip
    assert answers == [303] * 8 + [429] * 4 and api.status_code == 429
    assert Review.objects.get().helpful == 8


@pytest.mark.parametrize("path", [LAMP + "reviews", LAMP + "questions"])
def test_a_page_number_is_read_as_people_count(visitor: Client, lamp: UUID, path: str) -> None:
    assert visitor.get(f"{path}?page=%C2%B2").status_code == 200


def test_too_much_is_refused_before_it_is_read(visitor: Client, lamp: UUID) -> None:
    Rules.objects.update_or_create(id=1, defaults={"open_to_all": True})
    known.forget()
    answer = visitor.post(LAMP + "review", {"body": "x"}, headers={"Content-Length": str(60 << 20)})
    assert answer.status_code == 413 and not hasattr(answer.wsgi_request, "_files")
