"""All mails in all languages, as their readers get them: nothing English in the others, nothing missing, links whole."""

import re
from html import unescape
from pathlib import Path

import pytest

import nitka
from nitka.ground.locale import LANGUAGES, cldr
from nitka.people.contact.models import OutgoingMail
from nitka.sale.orders import news
from nitka.sale.orders.tests.makers import an_order
from nitka.sale.shipping.tests.makers import open_shop
from tests import letters

ROOT = "http://localhost:8000"
FOLDERS = {
    str(path.parent.relative_to(path.parents[3])) for path in Path(nitka.__file__).parent.rglob("jinja2/*/mail/*/subject.txt")
}  # fmt: skip
# Words that only English has, of our six; what people are called or wrote themselves has none of them.
ENGLISH = re.compile(r"\b(the|your|you|and|of|is|it|with|this|was|our|are|please|been)\b", re.IGNORECASE)
UNFILLED = re.compile(r"%\(|\{\{|\{%|\bNone\b|Undefined|&amp;|&#\d|<\w+[ >]|[^.]\.\.(?!\.)| [,.;:!?](?:\s|$)|\(\)")
ENDED_BY_A_CLICK = {"wishes/mail/news", "reviews/mail/invitation"}
WITH_PICTURES = {*ENDED_BY_A_CLICK, "inventory/mail/back_in_stock", "orders/mail/order_placed"}


def visible(html: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(span|strong)[^>]*>", "", body)))


def addresses(mail: OutgoingMail) -> tuple[set[str], set[str]]:
    """What the HTML and what the text leads to, without the mark of the mail that each link carries."""
    in_html = {unescape(each) for each in re.findall(r'href="([^"]*)"', mail.html)}
    in_text = set(re.findall(r"https?://\S+", mail.text))
    bare = [{re.sub(r"[?&]nk=[\w-]+", "", each) for each in found} for found in (in_html, in_text)]
    return bare[0] - {f"{ROOT}/{mail.language}/"}, bare[1]


@pytest.fixture(params=LANGUAGES)
def mails(request: pytest.FixtureRequest, db: None, tmp_path: Path, settings) -> list[OutgoingMail]:  # type: ignore[no-untyped-def]
    settings.NITKA_PUBLIC_URL = ROOT
    letters.write_all(letters.open_in(request.param, tmp_path))
    return list(OutgoingMail.objects.order_by("created_at", "id"))


def test_every_mail_reads_well_in_its_language_and_leads_where_it_should(mails: list[OutgoingMail]) -> None:
    assert {mail.template for mail in mails} == FOLDERS, "each template is written by a deed of tests/letters.py"
    for mail in mails:
        _reads_well(mail)
        _leads_right(mail)
        _is_shown_well(mail)


def _reads_well(mail: OutgoingMail) -> None:
    for text in (mail.subject, mail.text, visible(mail.html)):
        said = re.sub(r"https?://\S+|reply\+\S+", "", text)
        assert not (found := UNFILLED.search(said)), (mail.template, found, text)
        if mail.language != "en":
            assert not (found := ENGLISH.search(said)), (mail.template, mail.language, found, text)
    assert mail.subject and "\n\n\n" not in mail.text
    assert mail.text.endswith(f"80-831 Gdańsk · {cldr(mail.language).territories['PL']}\n")
    for goods in (letters.LAMP, letters.CHAIR):
        # Which of the two colours it is.
        assert all(rest.startswith((", ", " · ")) for rest in re.findall(f"× {goods[mail.language]}(.*)", mail.text))


def _leads_right(mail: OutgoingMail) -> None:
    in_html, in_text = addresses(mail)
    assert in_html == in_text, mail.template
    for each in in_html:
        assert each.startswith((f"{ROOT}/{mail.language}/", f"{ROOT}/back/")), (mail.template, each)
    leaves = "List-Unsubscribe-Post" in mail.headers
    assert leaves == (mail.template in ENDED_BY_A_CLICK), mail.template


def _is_shown_well(mail: OutgoingMail) -> None:
    assert f'<html lang="{mail.language}"' in mail.html
    preview = re.search(r"mso-hide:all;\">(.*?)</div>", mail.html, re.DOTALL)
    assert preview and visible(preview[1]).strip() and "http" not in preview[1], mail.template
    for picture in re.findall(r"<img[^>]*>", mail.html):
        assert f'src="{ROOT}/media/mail/' in picture and ".jpg" in picture
    assert not re.search(r'<a [^>]*><img[^>]* alt=""', mail.html), "a link needs words"
    assert ("<img" in mail.html) == (mail.template in WITH_PICTURES), mail.template


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_news_on_a_device_are_one_short_sentence_of_its_language(language: str, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    open_shop()
    order = an_order(language="en").order_id
    said = []
    monkeypatch.setattr(news.contact, "push_news", lambda *, say, **_more: said.append(say(language)))
    news.shipped(order)
    news.comes_today(order)
    news.delayed(order, letters.NOON.date())
    news.delivered(order)
    for words in said:
        assert words.path.startswith(f"/{language}/order/") and words.title == "Tråd" and len(words.body) < 120
        assert not UNFILLED.search(words.body) and (language == "en" or not ENGLISH.search(words.body))
    assert len({words.body for words in said}) == 4
