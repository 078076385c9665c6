"""Every fact that lies on a thread, and every event, is one readable line in every language."""

import re
import types
import typing
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from nitka.ground import web
from nitka.ground.facts.contract import kinds as known_kinds
from nitka.ground.locale import LANGUAGES
from nitka.people.contact import actions as contact
from nitka.people.contact.facts import MailWritten
from nitka.people.contact.tests.makers import mail
from nitka.people.customers.tests import makers as customers
from nitka.people.thread import lines, queries
from nitka.people.thread.items import ThreadItem

OURS = {
    kind: fact for kind, fact in known_kinds().items() if fact.whose_field and ".tests." not in fact.__module__
}  # fmt: skip
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def fact(kind: str, /, **data: Any) -> ThreadItem:
    return ThreadItem(id="f-1", at=NOW, kind=kind, name=kind.partition(".")[2], source="fact", group="", data=data)


def event(_name: str, kind: str = "track", context: dict[str, Any] | None = None, /, **data: Any) -> ThreadItem:
    return ThreadItem(
        id="e-1", at=NOW, kind=kind, name=_name, source="event", group="visits", data=data, context=context or {}
    )


def say(item: ThreadItem, language: str = "en") -> str:
    return str(lines.line_of(item, language).text)


def sample(name: str, hint: Any, flag: bool) -> Any:
    """A value that the field may hold."""
    members = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    plain = {UUID: str(uuid4()), int: 129000, bool: flag, datetime: NOW.isoformat()}
    if name == "currency":
        return "NOK"
    return next((plain[each] for each in members if each in plain), ["birthday"] if "tuple" in str(hint) else "shop")


@pytest.mark.parametrize("kind", sorted(OURS))
def test_every_fact_of_a_thread_has_a_line_in_every_language(kind: str) -> None:
    assert lines.template_of_fact(kind), f"{kind} needs a template {kind.replace('.', '/thread/')}.html"
    hints = typing.get_type_hints(OURS[kind])
    for flag in (True, False):
        data = {field.name: sample(field.name, hints[field.name], flag) for field in fields(OURS[kind])}
        for language in LANGUAGES:
            line = lines.line_of(fact(kind, **data), language)
            assert line.text.strip() and "\n" not in line.text and "%(" not in line.text
            assert line.knot in ("done", "promised", "danger", "quiet")


@pytest.mark.parametrize("name", sorted(lines.drawn_events()))
@pytest.mark.parametrize("data", [
    {}, {"name": "Gnist", "query": "lamp", "results": 12, "price": 129.5, "currency": "NOK", "products": [{}, {}]},
    {"name": ["x"], "query": {"a": 1}, "results": "many", "price": "free", "currency": 7, "products": None},
    {"results": 0, "query": "", "percent": 50, "price": 1e300, "currency": "ZZZ"},
])  # fmt: skip
def test_every_event_has_a_line_whatever_was_sent(name: str, data: dict[str, Any]) -> None:
    kind = name if name in ("page", "screen", "identify", "group", "alias") else "track"
    for language in LANGUAGES:
        line = lines.line_of(event(name.replace("_", " "), kind, {"page": "?"}, **data), language)
        assert line.text.strip() and "\n" not in line.text and "%(" not in line.text


@pytest.mark.parametrize(("item", "text"), [
    (event("Product Viewed", name="Gnist portable lamp"), "Looked at Gnist portable lamp"),
    (event("Products Searched", query="lamp", results=12), "Searched for “lamp”, 12 found"),
    (event("Products Searched", query="lmap", results=0), "Searched for “lmap”, nothing found"),
    (event("Product Added", name="Gnist", price="129.50", currency="NOK"), "Put Gnist into the cart, NOK\xa0129.50"),
    (event("", "page", {"page": {"title": "Lamps"}}), "Opened the page “Lamps”"),
    (event("", "page", {"page": {"title": "Lamps"}, "mailToken": True}), "Came by a link in our mail to the page “Lamps”"),
    (event("", "group", name="Nordlys AS"), "Named their company, Nordlys AS"),
    (event("Quiz Finished"), "Did: Quiz Finished"),
    (event("../../orders/thread/order_placed"), "Did: ../../orders/thread/order_placed"),
    (fact("accounts.signed_in", method="code"), "Signed in with a code"),
    (fact("customers.consent_changed", purpose="analytics", granted=True), "Allowed analytics"),
    (fact("customers.consent_changed", purpose="advertising", granted=False), "Does not allow advertising"),
    (fact("gone.since_long"), "Something else: gone.since_long"),
])  # fmt: skip
def test_it_tells_a_story(item: ThreadItem, text: str) -> None:
    assert say(item) == text


def test_what_strangers_send_is_escaped() -> None:
    assert say(event("Product Viewed", name="<script>x</script>")) == "Looked at &lt;script&gt;x&lt;/script&gt;"


class Hostile(dict[str, Any]):
    """Whatever is asked for, it is a program."""

    def get(self, key: str, default: Any = None) -> Any:
        inner = {"page": Hostile(), "products": [Hostile()], "campaign": Hostile(), "traits": Hostile()}
        return inner.get(key, '"><script>x</script><a href="javascript:x" onclick=x>')

    def __getitem__(self, key: str) -> Any:
        return self.get(key)

    def __contains__(self, key: object) -> bool:
        return True


@pytest.mark.parametrize(
    "name", [*sorted(lines.drawn_events()), "<script>x</script>", "../../../etc/passwd", "{{ 7*7 }}"]
)
@pytest.mark.parametrize("kind", ["track", "page", "identify", "group"])
def test_no_template_of_an_event_lets_a_program_through(name: str, kind: str) -> None:
    item = event(name, kind, Hostile())
    object.__setattr__(item, "data", Hostile())
    drawn = say(item)
    assert "<script" not in drawn and "<a " not in drawn and "49" not in drawn


@pytest.mark.parametrize("kind", sorted(OURS))
def test_no_template_of_a_fact_lets_a_program_through(kind: str) -> None:
    """The words that a domain loads beside a fact (subjects of mails, letters, names) are of strangers too."""
    item = fact(kind, **{field.name: sample(field.name, OURS[kind].__annotations__.get(field.name), True)
                         for field in fields(OURS[kind])})  # fmt: skip
    object.__setattr__(item, "more", Hostile())
    drawn = say(item)
    assert "<script" not in drawn and '<a href="javascript' not in drawn


def test_trouble_has_a_knot_in_danger() -> None:
    assert lines.line_of(event("Products Searched", query="x", results=0), "en").knot == "danger"
    assert lines.line_of(event("Products Searched", query="x", results=2), "en").knot == "done"


@pytest.mark.django_db
def test_a_mail_is_told_with_its_subject() -> None:
    customer_id = customers.customer()
    contact.send_mail(
        to="zofia@example.com", language="en", template="contact/mail/security_notice",
        context={"sentence": "A passkey was added."},
    )  # fmt: skip
    (item,) = queries.thread_of(customer_id, kinds=["mail"]).items
    assert item.kind == MailWritten.kind
    assert say(item).startswith("Mail “")


def test_what_our_own_module_tells_has_lines_of_its_own() -> None:
    """Whose names change here must change there: the general line is for programs that we do not know."""
    module = (Path(web.__file__).parent / "static/nitka/alone/events.js").read_text()
    names = set(re.findall(r'(?:track|event:)\(?\s?"([A-Z][A-Za-z ]+)"', module)) | {"JavaScript Error", "Form Error"}
    assert {"Rage Clicked", "Dead Clicked", "Page Scrolled"} <= names
    said = {name: lines.template_of(event(name)) for name in names}
    assert [name for name, template in said.items() if template.endswith("other.html")] == []
    assert say(event("Page Scrolled", depth=40)) == "Read down to 40% of the page"
    assert lines.template_of(event("Rage Click")) == lines.template_of(event("Rage Clicked"))


@pytest.mark.django_db
def test_a_code_that_signs_somebody_in_is_told_to_nobody() -> None:
    customer_id = customers.customer()
    mail(language="en")
    (item,) = queries.thread_of(customer_id, kinds=["mail"]).items
    assert say(item) == "A mail was written"
