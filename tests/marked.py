"""One person with a row in every table that can hold something of a person, all of them recognisable."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models

from nitka.care.desk.models import Conversation, Message, MessageAttachment
from nitka.ground import clock
from nitka.ground.belongings import declaration, holdings
from nitka.ground.ids import new_id
from nitka.ground.web.models import RateCount, StoredAnswer
from nitka.growth.campaigns.models import Mention
from nitka.growth.wishes.models import Wish, WishList
from nitka.insight.profiles import tasks
from nitka.people.accounts import models as accounts
from nitka.people.contact import actions as contact
from nitka.people.contact.models import PushNews, PushSubscription, Subscription
from nitka.people.customers import actions as customers
from nitka.people.customers import models as people
from nitka.people.customers import queries as known
from nitka.people.customers.parties import party_of
from nitka.people.customers.queries import OccasionView, PostalAddress
from nitka.people.events.models import Key, Rejected
from nitka.people.events.tests.makers import event
from nitka.people.events.visits import Session as Visit
from nitka.sale.checkout.models import Cart, CartLine
from nitka.sale.companies.models import Approval, MemberRule, Quote, QuoteLine, ReorderLine, ReorderList
from nitka.sale.orders import actions as fulfil
from nitka.sale.orders.change_models import OrderChange
from nitka.sale.orders.models import MoneyBack, OrderLine, OrderStep, Withdrawal
from nitka.sale.orders.tests import makers as orders
from nitka.sale.payments import actions as payments
from nitka.sale.payments.models import Capture, GatewayEvent, PayerAccount, Payment, Refund, SavedMean
from nitka.sale.payments.risk.models import RiskAttempt
from nitka.sale.payments.statements.models import Statement, StatementLine
from nitka.sale.returns.models import Case, CaseLine, CasePhoto, CaseStep
from nitka.sale.shipping.models import CarrierEvent, Label, PromiseRow, Shipment, TrackingStep
from nitka.shelf.catalog.models import Variant
from nitka.shelf.content.models import Form, Submission
from nitka.shelf.inventory.models import StockAlert
from nitka.shelf.pricing.models import Lane, Promotion, PromotionUse
from nitka.shelf.reviews.models import (
    Answer,
    Comment,
    CommentUpload,
    Invitation,
    Question,
    Review,
    Silence,
    Upload,
    Vote,
)
from tests.worker import run_jobs

Maker = Callable[["Marked"], Any]


class Marked:
    """A person whose every word holds `mark`."""

    def __init__(self, mark: str, phone: str) -> None:
        self.mark, self.phone = mark, phone
        self.email = f"{mark}@example.com"
        self.home = PostalAddress(
            name=f"{mark} Nowak", line1=f"ul. {mark} 5", postcode="80-001", city=f"{mark}owo", country="PL", phone=phone
        )
        self.user = accounts.User.objects.create_user(self.email, password="a long secret", name=mark)
        self.id = customers.link_user(user_id=self.user.id, email=self.email, language="pl", market="eu")
        people.Customer.objects.filter(id=self.id).update(name=f"{mark} Nowak", phone=phone)
        self.older = people.Customer.objects.create(name=mark, merged_into_id=self.id).id
        self.device = self._evidence("device", f"{mark}-phone")
        self.login = self._evidence("login", str(self.user.id))
        self.address = self._evidence("email", self.email)
        lamp = orders.goods(handle=f"lamp-of-{phone[-4:]}")
        self.order = orders.an_order((lamp, 1), email=self.email, address=self.home, note=mark).order_id
        fulfil.ship_order(order_id=self.order, carrier="demo_post")
        for make in MAKERS:
            make(self)
        run_jobs()
        mark_declared(self)

    @property
    def code(self) -> str:
        return people.Customer.objects.get(id=self.id).code

    def _evidence(self, kind: str, value: str) -> UUID:
        id_ = known.evidence_id(kind, value)
        people.Evidence.objects.update_or_create(
            id=id_, defaults={"kind": kind, "value": value, "customer_id": self.id, "source": "test", "settled": True}
        )
        return id_


def told(who: Marked) -> None:
    customers.tell_us(
        customer_id=who.id, birthday=date(1990, 2, 28), heard_from=who.mark,
        occasions=[OccasionView("other", who.mark, 2, 2)],
    )  # fmt: skip
    people.Address.objects.create(customer_id=who.id, **who.home.as_dict())
    customers.choose_consents(
        evidence=who.device, customer_id=who.id, source="banner", text_version="1",
        choices={"analytics": True, "personalisation": True, "advertising": False},
    )  # fmt: skip
    a, b = sorted([who.device, who.login])
    people.Link.objects.get_or_create(
        a=a, b=b, reason="event", defaults={"trust": 2, "source": "test", "settled": True}
    )
    firm = people.Company.objects.create(name="Nordlys")
    people.Membership.objects.create(company=firm, customer_id=who.id)
    people.CustomerLabel.objects.create(customer_id=who.id, label=who.mark[:40], source="staff")
    other = people.Customer.objects.create()
    people.Dismissal.objects.create(first_id=who.id, second=other)


def acted(who: Marked) -> None:
    firm = people.Membership.objects.filter(customer_id=who.id).latest("since").company
    MemberRule.objects.create(company=firm, customer_id=who.id, limit_minor=1)
    Approval.objects.create(company=firm, cart_id=new_id(), customer_id=who.id, total_minor=1, currency="EUR")
    quote = Quote.objects.create(company=firm, customer_id=who.id, market="eu", language="pl", currency="EUR")
    goods = {"position": 1, "variant_id": new_id(), "pieces": 1}
    QuoteLine.objects.create(quote=quote, list_minor=1, sku="x", title="x", **goods)
    ReorderLine.objects.create(list=ReorderList.objects.create(customer_id=who.id, name=who.mark), **goods)


def signed_in(who: Marked) -> None:
    accounts.SignInCode.objects.create(email=who.email, language="pl", expires_at=clock.now())
    accounts.SignInLink.objects.create(user=who.user, purpose="recovery", token_hash=who.mark, expires_at=clock.now())
    accounts.ApiToken.objects.create(user=who.user, name="till", token_hash=f"{who.mark}-t"[:64], hint="abcd")
    accounts.WrongTries.objects.create(door=f"account {who.email} 10.0.0.1")
    accounts.AuditEntry.objects.create(verb="customer.written", subject=who.email, detail={"to": who.email})
    address = EmailAddress.objects.create(user=who.user, email=who.email)
    EmailConfirmation.objects.create(email_address=address, key=who.mark, sent=clock.now())
    Authenticator.objects.create(user=who.user, type="totp", data={"secret": who.mark})
    key = f"{who.mark}-session"
    UserSession.objects.create(user=who.user, ip="10.1.2.3", session_key=key, user_agent=who.mark)
    Session.objects.create(session_key=key, session_data=who.mark, expire_date=clock.now() + timedelta(days=1))


def written(who: Marked) -> None:
    contact.send_mail(
        to=who.email, language="pl", template="contact/mail/sign_in_code", context={"code": who.mark},
        customer_id=who.id, attachments=(contact.Attachment(f"{who.mark}.txt", "text/plain", who.mark.encode()),),
    )  # fmt: skip
    Subscription.objects.create(email=who.email, language="pl", source="footer", text_version="1")
    device = PushSubscription.objects.create(
        endpoint=f"https://push.example/{who.mark}", endpoint_hash=f"{who.mark}-hash"[:64], p256dh=who.mark,
        auth=who.mark[:40], topic=f"order:{new_id()}", language="pl", customer_id=who.id,
    )  # fmt: skip
    PushNews.objects.create(
        subscription=device, title=who.mark[:120], body=who.mark, path="/pl/", expires_at=clock.now()
    )
    StockAlert.objects.create(
        variant=Variant.objects.get(sku=f"lamp-of-{who.phone[-4:]}-0"),
        email=who.email,
        customer_id=who.id,
        language="pl",
    )
    StoredAnswer.objects.create(scope=who.mark[:4], key=str(new_id()), request_hash="x", body=f"to {who.email}")
    RateCount.objects.create(key=f"code:{who.email}", window=1)


def bought(who: Marked) -> None:
    OrderStep.objects.create(order_id=who.order, kind="refunded", note=who.mark)
    MoneyBack.objects.create(order_id=who.order, key=str(new_id()), minor=1, to="original", reason=who.mark)
    OrderChange.objects.create(order_id=who.order, kind="address", number=1, detail={"before": {"name": who.mark}})
    Withdrawal.objects.create(order_id=who.order, name=who.mark, fingerprint=str(new_id()))
    cart = Cart.objects.create(
        customer_id=who.id, market="eu", email=who.email, name=who.mark, note=who.mark,
        shipping_address=who.home.as_dict(), expires_at=clock.now(),
    )  # fmt: skip
    CartLine.objects.create(cart=cart, variant_id=new_id(), quantity=1)
    payment = Payment.objects.filter(reference=who.order).first()
    GatewayEvent.objects.create(
        provider="demo", event_id=str(new_id()), payment=payment, state="captured", raw=who.mark.encode()
    )
    Refund.objects.create(payment=payment, minor=1, key=str(new_id()))
    Capture.objects.create(payment=payment, minor=1, key=str(new_id()))
    SavedMean.objects.create(customer_id=who.id, provider="elsewhere", token=str(new_id()))
    PayerAccount.objects.create(customer_id=who.id, provider="elsewhere")
    parcel = Shipment.objects.get(reference=who.order)
    TrackingStep.objects.create(shipment=parcel, kind="seen", place="Gdańsk", at=clock.now())
    statement = Statement.objects.create(name="may.xml")
    StatementLine.objects.create(
        statement=statement, entry=str(new_id()), booked_on=date(2026, 5, 4), minor=1, currency="EUR", payer=who.mark,
        reference=who.order,
    )  # fmt: skip
    RiskAttempt.objects.create(reference=who.order, email=who.mark[:32])
    Label.objects.create(
        shipment=parcel, recipient=who.home.as_dict(), sender={"name": who.mark}, note=who.mark, pdf=who.mark.encode()
    )
    CarrierEvent.objects.create(carrier="demo_post", event_id=str(new_id()), shipment=parcel, raw=who.mark.encode())
    today = clock.now().date()
    PromiseRow.objects.create(
        reference=who.order, day_from=today, day_to=today, source="test", computed_at=clock.now(), reason="no_scan"
    )
    lane, _made = Lane.objects.get_or_create(code="codes", defaults={"name": "Codes"})
    ten, _made = Promotion.objects.get_or_create(
        name="TEN", lane=lane, defaults={"benefit": {"kind": "percent", "percent": "10"}, "active": False}
    )
    PromotionUse.objects.create(promotion=ten, buyer_key=who.mark[:4], reference=who.order)
    payments.issue_gift_card(
        minor=100, currency="EUR", key=str(new_id()), recipient=who.email, customer_id=who.id, reason=who.mark
    )


def sent_back(who: Marked) -> None:
    case = Case.objects.create(
        code=f"RT-{str(new_id())[-8:]}", kind="complaint", order_id=who.order, order_code="NK", customer_id=who.id,
        words=who.mark, answer=who.mark, tracking_number=who.mark, currency="EUR",
    )  # fmt: skip
    line = OrderLine.objects.filter(order_id=who.order).first()
    CaseLine.objects.create(case=case, line=line, pieces=1, reason="damaged", counts=False)
    CaseStep.objects.create(case=case, kind="requested", note=who.mark)
    CasePhoto.objects.create(case=case, content=who.mark.encode(), width=1, height=1)


def looked_round(who: Marked) -> None:
    for name in ("Product Viewed", "Product Added", "Page"):
        event(
            evidence=who.device, device=who.device, name=name,
            properties={"sku": "TR-1", "price": 12.5, "said": who.mark, "path": "/pl/p/kopp/", "query": who.mark,
                        "products": [{"product_id": "p1", "name": who.mark, "quantity": 2}]},
            context={"ip": "10.1.2.3", "userAgent": who.mark, "traits": {"email": who.email}, "locale": "pl-PL",
                     "page": {"path": f"/pl/order/{who.mark}", "url": who.mark}},
        )  # fmt: skip
    number = str(new_id())
    event(evidence=who.login, device=who.device, name="", kind=1, properties={"email": who.email}, message_id=number)
    Key.objects.create(source=1, message_id=number)
    Visit.objects.create(
        visitor=who.device, device=who.device, evidence=who.login, evidences=[who.device, who.login],
        started_at=clock.now(), last_at=clock.now(), channel="paid", clicks={"gclid": who.mark}, landing="/pl/p/kopp/",
    )  # fmt: skip
    Rejected.objects.create(source=1, reason="test", excerpt=f"{{'email': '{who.email}'}}")


def asked(who: Marked) -> None:
    talk = Conversation.objects.create(
        customer_id=who.id, evidence=who.device, email=who.email, language="pl", subject=who.mark, channel="form",
        last_words=who.mark,
    )  # fmt: skip
    message = Message.objects.create(
        conversation=talk, direction="in", channel="form", sender=who.email, text=who.mark, whole=who.mark
    )
    MessageAttachment.objects.create(
        message=message, name=who.mark, content_type="text/plain", content=who.mark.encode()
    )


def filled_in(who: Marked) -> None:
    form, _is_new = Form.objects.get_or_create(code="trade")
    Submission.objects.create(
        form=form, language="pl", email=who.email, name=who.mark, answers=[["text-1", "Text", who.mark]],
        customer_id=who.id, once=who.mark,
    )  # fmt: skip


def told_others(who: Marked) -> None:
    goods = Variant.objects.get(sku=f"lamp-of-{who.phone[-4:]}-0").product_id
    of_it: dict[str, Any] = {"product_id": goods, "customer_id": who.id}
    said = {"title": who.mark, "body": who.mark}
    review = Review.objects.create(
        rating=4, language="pl", state="published", translations={"en": {**said}}, **said, **of_it
    )
    Upload.objects.create(review=review, content=who.mark.encode())
    Vote.objects.create(review=review, voter=who.device, helpful=True)
    Invitation.objects.create(email=who.email, order_code=who.mark[:4] + who.phone[-4:], language="pl", **of_it)
    Silence.objects.create(email=who.email)
    question = Question.objects.create(email=who.email, body=who.mark, language="pl", state="published", **of_it)
    said = Comment.objects.create(
        about="page", subject=new_id(), customer_id=who.id, nickname=who.mark, body=who.mark, language="pl"
    )
    CommentUpload.objects.create(comment=said, content=who.mark.encode())
    Answer.objects.create(question=question, by="buyer", customer_id=who.id, nickname=who.mark, body=who.mark)


def wished(who: Marked) -> None:
    own = WishList.objects.create(
        customer_id=who.id, name=who.mark, language="pl", share_token=f"{who.mark}-{new_id()}"[:40]
    )
    Wish.objects.create(
        list=own, product_id=Variant.objects.get(sku=f"lamp-of-{who.phone[-4:]}-0").product_id, note=who.mark
    )


def heard(who: Marked) -> None:
    Mention.objects.create(
        network="facebook", kind="comment", fingerprint=str(new_id()), author=who.mark, text=who.mark, at=clock.now(),
        customer_id=who.id,
    )  # fmt: skip


def summed_up(who: Marked) -> None:
    tasks.take_in_events()


MAKERS: list[Maker] = [
    told, acted, signed_in, written, bought, sent_back, looked_round, asked, filled_in, told_others, wished, heard,
    summed_up,
]  # fmt: skip
# Words by which rows are found or told apart: they hold the mark already where they can.
NOT_MARKED = {
    "body", "door", "email", "excerpt", "key", "landing", "message_id", "reply_to", "sender",
    "session_key", "subject", "to", "token", "token_hash", "value",
}  # fmt: skip


# Their JSON has a form that others rely on (and nothing may change an invoice); the makers put the mark into it.
OF_THEIR_OWN = {
    "orders.Invoice",
    "events.Event",
    "events.Session",
    "profiles.Behaviour",
    "profiles.Buying",
    "facts.FactRow",
}


def mark_declared(who: Marked) -> None:
    """Put the mark into every column that a table declares to be personal, whatever the makers left out."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL nitka.erasing = 'on'")
    party = party_of(who.id)
    for label, holding in holdings().items():
        model: Any = apps.get_model(label)
        values = {}
        for name in declaration(model) or {}:
            column = model._meta.get_field(name)
            if isinstance(column, models.JSONField) and label not in OF_THEIR_OWN:
                values[name] = {"said": who.mark}
            elif (
                isinstance(column, models.CharField | models.TextField) and name not in NOT_MARKED
                and not column.choices and not column.unique and (column.max_length or 99) >= len(who.mark)
            ):  # fmt: skip
                values[name] = who.mark
        keys = list(holding.find(party).values_list("pk", flat=True))
        assert keys, f"{label}: nobody's. Let a maker of tests/marked.py write a row of it for the marked person."
        if values and not isinstance(model._meta.pk, models.CompositePrimaryKey):
            model._base_manager.filter(pk__in=keys).update(**values)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL nitka.erasing = 'off'")
