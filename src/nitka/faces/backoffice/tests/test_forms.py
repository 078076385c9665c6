"""Forms: /back/content/forms/, written without JavaScript, and their sheets."""

import pytest
from django.test import Client

from nitka.faces.backoffice.tests import makers
from nitka.faces.backoffice.tests.test_content import Editor
from nitka.shelf.content import actions, queries
from nitka.shelf.content.models import Submission

pytestmark = pytest.mark.django_db
FIELDS = [{"kind": "email", "label": {"en": "E-mail"}, "needed": True}]


@pytest.fixture
def client() -> Client:
    queries.forget()
    makers.a_shop()
    return makers.signed_in()


def test_a_form_is_written_press_by_press(client: Client) -> None:
    head = {"code": "trade", "t.title": "For business", "t.consent": "Keep it.", "talks": "on", "open": "on"}
    editor = Editor(client, "/back/content/forms/new/", **head)
    editor.press("add field")
    editor.press("add field", b0__label="E-mail", b0__kind_of="email", b0__needed="yes")
    known = {"b0__label": "E-mail", "b0__kind_of": "email", "b0__needed": "yes", "b1__label": "What for?"}
    editor.press("more b1.choices", **known, b1__kind_of="choice", b1__needed="no")
    editor.press("more b1.choices", **known, b1__kind_of="choice", b1__needed="no", b1__choices__0__label="Home")
    answer = editor.press(
        "save", **known, b1__kind_of="choice", b1__needed="no", b1__choices__0__label="Home",
        b1__choices__1__label="Café",
    )  # fmt: skip
    assert answer.status_code == 302 or answer.status_code == 303
    made = queries.form("trade", "en")
    assert made and made.title == "For business" and made.consent == "Keep it."
    assert made.fields[0].kind == "email" and made.fields[0].needed
    assert made.fields[1].choices == ("Home", "Café")
    assert "For business" in client.get("/back/content/forms/").content.decode()


def test_sheets_are_listed_exported_and_thrown_away(client: Client) -> None:
    actions.put_form(code="trade", title={"en": "For business"}, fields=FIELDS)
    filled = actions.Filled(form="trade", values={"email-1": "ida@example.com"}, language="en")
    sheet = actions.submit_form(filled=filled)
    assert "ida@example.com" in client.get("/back/content/forms/trade/sheets/").content.decode()
    lines = b"".join(client.get("/back/content/forms/trade/sheets.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "ida@example.com" in lines
    client.post(f"/back/content/forms/trade/sheets/{sheet}/delete")
    assert not Submission.objects.exists()
