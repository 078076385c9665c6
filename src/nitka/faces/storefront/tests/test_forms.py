"""Forms of the merchant's own: blocks of pages, POST /<language>/forms/<code>"""

import pytest
from django.test import Client

from nitka.shelf.content import actions as content
from nitka.shelf.content.models import Submission

pytestmark = pytest.mark.django_db
FIELDS = [
    {"kind": "email", "label": {"en": "E-mail"}, "needed": True},
    {"kind": "text", "label": {"en": "Your <plan>"}, "needed": True},
]
BLOCKS = [{"kind": "form", "form": "trade"}, {"kind": "form", "form": "gone"}]


@pytest.fixture
def page(visitor: Client) -> Client:
    content.put_form(code="trade", title={"en": "For business"}, fields=FIELDS, consent={"en": "Keep this."})
    content.put_page(draft=content.Draft(slug="trade", kind="landing", title={"en": "Trade"}, blocks=[
        {"kind": "text", "text": {"en": "Hello"}}, *BLOCKS
    ]))  # fmt: skip
    return visitor


def test_a_block_shows_its_form_and_one_that_is_gone_shows_nothing(page: Client) -> None:
    text = page.get("/en/pages/trade/").content.decode()
    assert text.count('data-kind="form"') == 1
    assert 'action="/en/forms/trade"' in text and "Your &lt;plan&gt;" in text and "Keep this." in text
    assert "csrf" not in text


def test_a_sheet_is_sent_and_thanked_for(page: Client) -> None:
    sent = {"a-email-1": "ida@example.com", "a-text-2": "A table", "consent": "1", "page": "trade"}
    answer = page.post("/en/forms/trade", sent)
    assert answer.status_code == 200 and b"Thank you" in answer.content
    assert answer["Cache-Control"] == "no-store, private"
    assert Submission.objects.get().page == "trade"


def test_what_is_wrong_comes_back_with_what_was_typed(page: Client) -> None:
    answer = page.post("/en/forms/trade", {"a-email-1": "ida", "a-text-2": "A <table>"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "A &lt;table&gt;" in text and text.count('class="error"') == 2


def test_a_machine_that_fills_the_trap_is_asked_again(page: Client) -> None:
    sent = {"a-email-1": "ida@example.com", "a-text-2": "A table", "consent": "1", "website": "x"}
    assert page.post("/en/forms/trade", sent).status_code == 422
    assert not Submission.objects.exists()
