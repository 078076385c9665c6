"""write_news: what is told, when, and that it is told once"""

from datetime import UTC, datetime, timedelta

import pytest

from nitka.ground import clock
from nitka.growth.wishes import actions as wishes
from nitka.growth.wishes.queries import Owner
from nitka.growth.wishes.tests.makers import a_product, costs, lies, owner
from nitka.people.contact.models import OutgoingMail
from nitka.shelf.inventory import actions as inventory
from tests.cast import ANNA
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


def asked_for(product, *, on: bool = True) -> Owner:
    """Anna wishes for it and asks for news."""
    anna = owner(ANNA)
    made = wishes.add_wish(owner=anna, product_id=product, market="eu", language="pl")
    wishes.set_news(owner=anna, list_id=made.list_id, on=on)
    return anna


def mails() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(template="wishes/mail/news").order_by("created_at", "id"))


def news_at(moment: datetime) -> None:
    with clock.freeze(moment):
        run_jobs()
        wishes.write_news()


def test_a_lower_price_is_told_once_in_her_language_with_both_prices() -> None:
    lamp, variant = a_product(10000)
    asked_for(lamp)
    costs(variant, 8000)
    news_at(NOON)
    news_at(NOON + timedelta(days=1))
    (mail,) = mails()
    assert (mail.to, mail.language) == (ANNA.email, "pl")
    assert "100,00" in mail.text and "80,00" in mail.text and "/pl/wishes/leave?token=" in mail.text
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_is_written_at_night_nor_twice_a_day_nor_unasked() -> None:
    lamp, variant = a_product(10000)
    chair, chair_variant = a_product(10000, handle="chair")
    anna = asked_for(lamp)
    wishes.add_wish(owner=anna, product_id=chair, market="eu", language="pl")
    costs(variant, 8000)
    news_at(NOON.replace(hour=2))
    assert mails() == []
    news_at(NOON)
    costs(chair_variant, 5000)
    news_at(NOON + timedelta(hours=3))
    assert len(mails()) == 1
    news_at(NOON + timedelta(days=1))
    assert len(mails()) == 2


def test_without_being_asked_nobody_is_written_to() -> None:
    lamp, variant = a_product(10000)
    asked_for(lamp, on=False)
    costs(variant, 8000)
    news_at(NOON)
    assert mails() == []


def test_a_price_that_is_up_again_or_goods_that_are_gone_again_are_no_news() -> None:
    lamp, variant = a_product(10000)
    asked_for(lamp)
    costs(variant, 8000)
    run_jobs()
    costs(variant, 10000)
    news_at(NOON)
    costs(variant, 12000)
    run_jobs()
    costs(variant, 10000)
    news_at(NOON + timedelta(days=1))
    assert mails() == [], "what was put up first was not taken down"


def test_goods_that_are_back_are_told_and_few_that_become_many_are_not() -> None:
    lamp, variant = a_product(10000, 0)
    asked_for(lamp)
    lies(variant, 2)
    news_at(NOON)
    lies(variant, 50)
    news_at(NOON + timedelta(days=1))
    (mail,) = mails()
    assert mail.template == "wishes/mail/news" and "/pl/p/lamp/" in mail.text


def test_the_link_of_the_mail_ends_it_and_a_browser_without_an_account_is_told_to_sign_in() -> None:
    lamp, variant = a_product(10000)
    asked_for(lamp)
    costs(variant, 8000)
    news_at(NOON)
    token = mails()[0].text.split("leave?token=")[1].split()[0].split("&")[0]
    assert wishes.leave_news(token=token) and not wishes.leave_news(token="nobody's")
    costs(variant, 5000)
    news_at(NOON + timedelta(days=1))
    assert len(mails()) == 1
    made = wishes.add_wish(owner=Owner(), product_id=lamp, market="eu", language="en")
    with pytest.raises(wishes.WishProblem):
        wishes.set_news(owner=Owner(device=made.device), list_id=made.list_id, on=True)


def test_whoever_asked_on_the_page_too_is_told_once_that_it_is_back() -> None:
    lamp, variant = a_product(10000, 0)
    asked_for(lamp)
    inventory.ask_for_alert(variant_id=variant, email=ANNA.email, language="pl")
    lies(variant, 2)
    news_at(NOON)
    assert [each.template for each in OutgoingMail.objects.all()] == ["inventory/mail/back_in_stock"]
    costs(variant, 8000)
    news_at(NOON + timedelta(days=1))
    (mail,) = mails()
    assert "80,00" in mail.text, "a lower price is other news"
    lies(variant, 0)
    run_jobs()
    lies(variant, 5)
    news_at(NOON + timedelta(days=3))
    assert len(mails()) == 2, "the alert was for one mail, the list is for all that come"
