"""Every mail that the shop writes, by the deeds that make it write: goods, people and shop all speak one language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.utils import translation
from PIL import Image

from nitka.care.desk import actions as desk
from nitka.ground import clock
from nitka.growth.wishes import actions as wishes
from nitka.growth.wishes.queries import Owner
from nitka.people.accounts import actions as accounts
from nitka.people.accounts.tests.makers import shopper
from nitka.people.contact import actions as contact
from nitka.people.customers import actions as customers
from nitka.people.customers.queries import PostalAddress
from nitka.sale.companies import actions as companies
from nitka.sale.companies import queries as company_queries
from nitka.sale.companies.tests.makers import a_company, acts_for, with_terms
from nitka.sale.orders import actions as orders
from nitka.sale.orders import mails as order_mails
from nitka.sale.orders import queries as order_queries
from nitka.sale.orders import tasks as order_tasks
from nitka.sale.orders.queries import DraftLine, Placed, Swap, parties
from nitka.sale.orders.tests.makers import an_order
from nitka.sale.payments import actions as payments
from nitka.sale.returns import actions as returns
from nitka.sale.returns import trials
from nitka.sale.returns.models import Case
from nitka.sale.returns.tests.makers import HOUSE, a_photo, a_return, of, received
from nitka.sale.shipping.tests.makers import WEDNESDAY, open_shop
from nitka.shelf.catalog import actions as catalog
from nitka.shelf.catalog import queries as catalog_queries
from nitka.shelf.content import actions as content
from nitka.shelf.inventory import actions as inventory
from nitka.shelf.inventory import tasks as stock_tasks
from nitka.shelf.inventory.tests.makers import a_location
from nitka.shelf.pricing import actions as pricing
from nitka.shelf.reviews import actions as reviews
from tests.worker import run_jobs

LAMP = {"en": "Lamp Måne", "bg": "Лампа Моне", "hy": "Մոնե լամպ", "nb": "Lampen Måne", "pl": "Lampa Måne",
        "ru": "Лампа Моне"}  # fmt: skip
CHAIR = {"en": "Chair Lind", "bg": "Стол Линд", "hy": "Լինդ աթոռ", "nb": "Stolen Lind", "pl": "Krzesło Lind",
         "ru": "Стул Линд"}  # fmt: skip
COLOUR = {"en": "Colour", "bg": "Цвят", "hy": "Գույն", "nb": "Farge", "pl": "Kolor", "ru": "Цвет"}
COLOURS = {
    "chalk": {"en": "Chalk", "bg": "Тебешир", "hy": "Կավիճ", "nb": "Kritt", "pl": "Kreda", "ru": "Мел"},
    "clay": {"en": "Clay", "bg": "Глина", "hy": "Կավ", "nb": "Leire", "pl": "Glina", "ru": "Глина"},
}
# What people write themselves, so that a word of ours in another language stands out.
WORDS = {"en": "It hums a little.", "bg": "Леко бръмчи.", "hy": "Մի քիչ բզզում է։", "nb": "Den summer litt.",
         "pl": "Trochę brzęczy.", "ru": "Она слегка гудит."}  # fmt: skip
NAMES = {"en": "Anna Field", "bg": "Анна Полева", "hy": "Աննա Դաշտենց", "nb": "Anna Aker", "pl": "Anna Polna",
         "ru": "Анна Полева"}  # fmt: skip
SHOPPER, MERCHANT = "anna@example.com", "shop@example.com"
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


@dataclass(frozen=True)
class Shop:
    """A shop that sells in one language."""

    language: str
    lamps: tuple[UUID, ...]
    chair: UUID
    lamp_product: UUID
    address: PostalAddress

    def order(self, *lines: tuple[UUID, int], **more: object) -> Placed:
        """An order as checkout makes it, with the goods' names in the language."""
        known = catalog_queries.variants([variant for variant, _pieces in lines])
        copied = tuple(
            DraftLine(
                variant_id=each.id, product_id=each.product_id, sku=each.sku, title=each.title[self.language],
                option_text=each.option_text.get(self.language, ""), picture=each.image.src if each.image else "",
            )
            for each in known.values()
        )  # fmt: skip
        values = {"language": self.language, "email": SHOPPER, "address": self.address, "lines": copied, **more}
        return an_order(*lines, **values)  # type: ignore[arg-type]

    def delivered(self, *lines: tuple[UUID, int]) -> order_queries.OrderView:
        """The same, with its goods at home."""
        placed = self.order(*(lines or ((self.lamps[0], 3),)))
        orders.ship_order(order_id=placed.order_id, carrier="demo_post")
        orders.deliver_order(order_id=placed.order_id)
        return seen(placed)


def seen(placed: Placed) -> order_queries.OrderView:
    found = order_queries.order(placed.order_id)
    assert found
    return found


def open_in(language: str, folder: Path) -> Shop:
    """Goods with pictures, prices and stock; a shop whose own language that is."""
    open_shop()
    content.set_shop(email=MERCHANT, languages=[language])
    name = NAMES[language]
    address = PostalAddress(name=name, line1="Hauptstraße 1", postcode="10115", city="Berlin", country="DE")
    customers.recognise(email=SHOPPER, language=language, market="eu", name=name)
    lamp, lamps = _goods("lamp", LAMP, (20000, 25000), folder)
    _chair, (chair, _other) = _goods("chair", CHAIR, (34900, 34900), folder)
    return Shop(language, lamps, chair, lamp, address)


def _goods(handle: str, title: dict[str, str], minors: tuple[int, int], folder: Path) -> tuple[UUID, tuple[UUID, ...]]:
    file = folder / f"{handle}.png"
    Image.new("RGB", (640, 640), "#C9B79C").save(file)
    put = catalog.put_products(drafts=[catalog_queries.ProductDraft(
        handle=handle, title=title, slug=dict.fromkeys(title, handle),
        options=(catalog_queries.OptionDraft(code="colour", name=COLOUR, values=COLOURS),),
        variants=tuple(
            catalog_queries.VariantDraft(sku=f"{handle}-{code}", options={"colour": code}, weight_g=900)
            for code in COLOURS
        ),
        media=(catalog_queries.MediaDraft(path=file, alt=title),),
    )])[0]  # fmt: skip
    made = tuple(put.variants[f"{handle}-{code}"] for code in COLOURS)
    pricing.set_prices(prices=[(each, "eu", minor, None) for each, minor in zip(made, minors, strict=True)])
    inventory.set_stock(levels=[(each, a_location(), 50) for each in made])
    return put.product_id, made


def write_all(shop: Shop) -> None:
    """Do all that makes the shop write."""
    for deed in DEEDS:
        with translation.override(shop.language):
            deed(shop)
        # The worker speaks no language of its own.
        run_jobs()


def _bank_order(shop: Shop) -> None:
    with clock.freeze(WEDNESDAY):
        placed = shop.order((shop.lamps[0], 2), (shop.chair, 1), payment="bank_transfer")
        run_jobs()
    with clock.freeze(WEDNESDAY + timedelta(days=5)):
        order_tasks.sweep_overdue()
        run_jobs()
        orders.confirm_bank_payment(order_id=placed.order_id)
        orders.pack_order(order_id=placed.order_id)
        orders.ship_order(order_id=placed.order_id, carrier="demo_post")
        run_jobs()
        orders.deliver_order(order_id=placed.order_id)


def _parts_and_changes(shop: Shop) -> None:
    first = seen(shop.order((shop.lamps[0], 1)))
    assert first.customer_id
    swap = Swap(first.lines[0].id, shop.lamps[1], 1)
    card = payments.issue_gift_card(minor=9000, currency="EUR", key="swap", customer_id=first.customer_id)
    by, word = parties.customer(first.customer_id), f"credit:{card.account_id}"
    orders.change_items(order_id=first.id, swaps=[swap], by=by, means_word=word)
    second = seen(shop.order((shop.lamps[0], 3)))
    orders.shorten_order(order_id=second.id, pieces={second.lines[0].id: 1}, key="short", note=WORDS[shop.language])
    line = second.lines[0].id
    orders.ship_order(order_id=second.id, carrier="demo_post", lines={line: 1})


def _ends(shop: Shop) -> None:
    late = shop.order((shop.lamps[0], 1))
    run_jobs()
    order_mails.delivery_delayed(late.order_id, cause="not_handed_over", promised_on=date(2026, 10, 1))
    orders.declare_withdrawal(order_id=late.order_id, name=NAMES[shop.language])
    off = shop.order((shop.chair, 1))
    orders.cancel_order(order_id=off.order_id, note=WORDS[shop.language])


def _returns(shop: Shop) -> None:
    order = shop.delivered()
    run_jobs()
    case = a_return(order, 2)
    run_jobs()
    returns.settle(case_id=received(case).id, by=HOUSE)
    run_jobs()
    called_off = a_return(order)
    returns.cancel_case(case_id=called_off.id, by=returns.holder(order.token))


def _replacements(shop: Shop) -> None:
    order = shop.delivered()
    by = returns.holder(order.token)
    again = returns.request_replacement(order_id=order.id, lines=of(order, 1, "damaged"), by=by, photos=[a_photo()])
    returns.approve(case_id=again, by=HOUSE)
    run_jobs()
    returns.send_new_goods(case_id=again, by=HOUSE, carrier="demo_post")
    angry = returns.complain(order_id=order.id, words=WORDS[shop.language], by=by)
    returns.refuse(case_id=angry, by=HOUSE, why=WORDS[shop.language])
    run_jobs()
    swap = of(order, 1, "not_liked", shop.lamps[1])
    returns.request_exchange(order_id=order.id, lines=swap, by=by)


def _trial(shop: Shop) -> None:
    orders.put_variant_terms(variant_id=shop.chair, trial_days=14)
    shop.delivered((shop.chair, 1), (shop.lamps[0], 1))
    run_jobs()
    Case.objects.filter(trial=True).update(send_before=clock.now() + timedelta(days=1))
    trials.remind_of_trials()


def _companies(shop: Shop) -> None:
    company = with_terms(a_company(), approval_over_minor=5000)
    boss = acts_for(company, "boss@example.com", role="approver", language=shop.language)
    ola = acts_for(company, "ola@example.com", language=shop.language)
    member = company_queries.member_of(company, ola)
    assert member
    words, colour = WORDS[shop.language], COLOURS["clay"][shop.language]
    lines = [{"pieces": 2, "title": LAMP[shop.language], "option_text": colour}]
    for place, approve in ((1, True), (2, False)):
        asked = companies.ask_for_approval(
            member=member, cart_id=UUID(int=place), goods_print="x", lines=lines, total_minor=40000, currency="EUR",
            words=words,
        )  # fmt: skip
        run_jobs()
        companies.decide_approval(approval_id=asked, by=boss, approve=approve, answer=words)
    line = companies.AskedLine(
        variant_id=shop.lamps[0], sku="lamp-chalk", title=LAMP[shop.language], option_text=colour, pieces=12,
        list_minor=20000, asked_minor=18000,
    )  # fmt: skip
    for ending in ("answered", "declined", "expired"):
        code = companies.ask_for_quote(
            member=member, market="eu", language=shop.language, currency="EUR", lines=[line], words=words
        )
        run_jobs()
        _answer_quote(code, ending, words)
        run_jobs()


def _answer_quote(code: str, ending: str, words: str) -> None:
    found = company_queries.quote_by_code(code)
    assert found
    if ending == "declined":
        companies.decline_quote(quote_id=found.id, answer=words)
        return
    until = clock.now().date() + timedelta(days=14)
    companies.answer_quote(
        quote_id=found.id, prices={each.id: 18500 for each in found.lines}, valid_until=until, answer=words
    )
    if ending == "expired":
        run_jobs()
        with clock.freeze(clock.now() + timedelta(days=20)):
            companies.expire_quotes()


def _stock(shop: Shop) -> None:
    lamp = shop.lamps[0]
    inventory.put_supplier(
        code="kino", name="Kino", country="NO", currency="NOK", email="sales@example.com", language=shop.language
    )
    inventory.put_supplier_item(supplier="kino", variant_id=lamp, cost_minor=90000, supplier_sku="K-1")
    inventory.record_demand(rows=[(lamp, clock.now().date() - timedelta(days=1 + 7 * n), 70) for n in range(20)])
    inventory.make_forecasts()
    stock_tasks.write_to_merchant()
    purchase = inventory.draft_purchase(supplier="kino", location=a_location(), lines={lamp: 10})
    inventory.change_purchase(purchase_id=purchase, lines={lamp: 10}, note=WORDS[shop.language])
    inventory.send_purchase(purchase_id=purchase)


def _wishes(shop: Shop) -> None:
    inventory.set_stock(levels=[(shop.lamps[0], a_location(), 0)])
    inventory.ask_for_alert(variant_id=shop.lamps[0], email="ben@example.com", language=shop.language)
    me = Owner(customer_id=customers.recognise(email=SHOPPER, language=shop.language, market="eu"))
    made = wishes.add_wish(
        owner=me, product_id=shop.lamp_product, variant_id=shop.lamps[1], market="eu", language=shop.language
    )
    wishes.set_news(owner=me, list_id=made.list_id, on=True)
    pricing.set_prices(prices=[(shop.lamps[1], "eu", 19000, None)])
    inventory.set_stock(levels=[(shop.lamps[0], a_location(), 50)])
    with clock.freeze(NOON):
        run_jobs()
        wishes.write_news()


def _reviews(shop: Shop) -> None:
    reviews.invite(order_code="NK-7F3Q-2M", product_ids=[shop.lamp_product], email=SHOPPER, language=shop.language)
    with clock.freeze(clock.now() + timedelta(days=60)):
        reviews.send_invitations()
    words = WORDS[shop.language]
    reviews.ask_question(
        product_id=shop.lamp_product, body=words, email="ida@example.com", nickname="Ida", language=shop.language
    )
    me = customers.recognise(email=SHOPPER, language=shop.language, market="eu")
    asked = reviews.ask_question(
        product_id=shop.lamp_product, body=words, email=SHOPPER, nickname="Ida", language=shop.language, customer_id=me
    )
    reviews.answer_question(question_id=asked, body=words)


def _desk(shop: Shop) -> None:
    asked = desk.ask(question=desk.Question(text=WORDS[shop.language], email=SHOPPER, language=shop.language, about=""))
    assert asked.conversation_id
    desk.answer(conversation_id=asked.conversation_id, text=WORDS[shop.language], by=UUID(int=7))


def _forms(shop: Shop) -> None:
    fields = [{"kind": "email", "label": {shop.language: NAMES[shop.language]}, "needed": True}]
    content.put_form(code="trade", title=LAMP, fields=fields, consent=WORDS)
    content.submit_form(
        filled=content.Filled(form="trade", values={"email-1": SHOPPER}, language=shop.language, agreed=True)
    )


def _accounts(shop: Shop) -> None:
    accounts.ask_code(email=SHOPPER, language=shop.language, address="10.0.0.1")
    accounts.invite_staff(email="new@example.com", name="Olga", role="agent", language=shop.language)
    user = shopper("zofia@example.com")
    accounts.set_password(user_id=user.id, password="a long new phrase of mine")
    contact.subscribe_newsletter(email="news@example.com", language=shop.language, source="footer")


def _others(shop: Shop) -> None:
    payments.issue_gift_card(
        minor=5000, currency="EUR", key="letters-card", recipient=SHOPPER, language=shop.language,
        words=WORDS[shop.language], expires_at=NOON,
    )  # fmt: skip
    contact.send_mail(to=MERCHANT, language=shop.language, template="backoffice/mail/test", context={})


DEEDS: tuple[Callable[[Shop], None], ...] = (
    _wishes, _bank_order, _parts_and_changes, _ends, _returns, _replacements, _trial, _companies, _stock, _reviews,
    _desk, _forms, _accounts, _others,
)  # fmt: skip
