"""Rules with scores: what is tried too often, or does not fit together."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nitka.ground.ids import new_id
from nitka.sale.payments import actions, queries
from nitka.sale.payments.queries import Attempt, Verdict
from nitka.sale.payments.risk.models import RiskAttempt

pytestmark = pytest.mark.django_db
CALM = {"email": "e" * 32, "ip": "i" * 32, "device": "d" * 32, "place": "p" * 32, "mail_host": "example.com"}


def attempt(**more: object) -> Attempt:
    return Attempt(**({"minor": 5000, "currency": "EUR"} | CALM | more))  # type: ignore[arg-type]


def tried(times: int, *, declined: bool = False, **more: object) -> Verdict:
    verdict = queries.judge(attempt(**more))
    for _each in range(times):
        reference = new_id()
        verdict = queries.judge(attempt(**more))
        actions.note_attempt(reference, attempt(**more), verdict)
        if declined:
            actions.note_declined(reference)
    return queries.judge(attempt(**more))


def test_an_ordinary_order_is_let_through() -> None:
    assert queries.judge(attempt()) == Verdict(0, "allow", ())


def test_many_orders_by_one_address_from_one_device_are_challenged() -> None:
    verdict = tried(5, ip="", place="")
    assert verdict == Verdict(50, "challenge", ("email", "device"))


def test_many_declined_cards_are_looked_at() -> None:
    verdict = tried(5, declined=True, email="", place="")
    assert verdict.action == "review" and "declines" in verdict.reasons


def test_cards_tried_in_one_form_of_a_gateway_count_one_by_one() -> None:
    reference = new_id()
    actions.note_attempt(reference, attempt(), queries.judge(attempt()))
    for _card in range(4):
        actions.note_declined(reference)
    assert "declines" in queries.judge(attempt(email="", place="")).reasons


def paid_by(card: str, country: str = "") -> Verdict:
    reference, tried = new_id(), attempt(countries=("DE", "DE"), email="", ip="", device="", place="")
    actions.note_attempt(reference, tried, queries.judge(tried))
    actions.note_card(reference, card, country)
    row = RiskAttempt.objects.get(reference=reference)
    assert card not in row.card  # prints of prints alone
    return Verdict(row.score, row.action, tuple(row.reasons))


def test_many_orders_by_one_card_are_noticed_once_the_gateway_tells_it() -> None:
    assert {paid_by("fp_1") for _order in range(4)} == {Verdict(0, "allow", ())}
    assert paid_by("fp_2") == Verdict(0, "allow", ())
    assert paid_by("fp_1") == Verdict(40, "allow", ("card",))
    assert paid_by("fp_1", "US") == Verdict(60, "challenge", ("card", "card_country"))


def test_a_card_is_counted_once_for_one_order() -> None:
    reference = new_id()
    actions.note_attempt(reference, attempt(countries=("DE", "DE")), queries.judge(attempt()))
    for _news in range(3):
        actions.note_card(reference, "fp", "US")
    assert RiskAttempt.objects.get(reference=reference).score == 20


def test_everything_at_once_is_refused() -> None:
    verdict = tried(20, declined=True, countries=("DE", "NO"), mail_host="mailinator.com")
    assert verdict.action == "refuse"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"countries": ("DE", "AM")}, "countries"),
        ({"mail_host": "mailinator.com"}, "disposable"),
        ({"mail_host": "deep.mailinator.com"}, "disposable"),
        ({"minor": 60_001, "is_first": True}, "first_order"),
        ({"minor": 240_001, "currency": "PLN", "is_first": True}, "first_order"),
    ],
)
def test_one_sign_alone_refuses_nobody(more: dict[str, object], reason: str) -> None:
    verdict = queries.judge(attempt(**more))
    assert verdict.reasons == (reason,) and verdict.action == "allow"


def test_an_amount_of_the_same_worth_in_another_currency_is_no_sign() -> None:
    assert queries.judge(attempt(minor=240_000, currency="PLN", is_first=True)).reasons == ()


def test_the_merchant_sets_the_figures() -> None:
    actions.put_risk_rules(rules={"disposable": {"score": 70}})
    assert queries.judge(attempt(mail_host="mailinator.com")).action == "review"
    actions.put_risk_rules(rules={"on": {"active": False}})
    assert queries.judge(attempt(mail_host="mailinator.com")).action == "allow"


def test_it_costs_one_question_and_one_row() -> None:
    queries.judge(attempt())
    with CaptureQueriesContext(connection) as asked:
        verdict = queries.judge(attempt(minor=900_000))
        actions.note_attempt(new_id(), attempt(), verdict)
    assert len([each for each in asked if "SAVEPOINT" not in each["sql"]]) == 2


def test_inner_addresses_tell_nobody_apart() -> None:
    assert queries.print_of_ip("127.0.0.1") == queries.print_of_ip("10.0.0.7") == queries.print_of_ip("nonsense") == ""
    assert queries.print_of_ip("2a00:1450:4001:82a::1") == queries.print_of_ip("2a00:1450:4001:82a::2") != ""


def test_no_address_is_kept_in_plain() -> None:
    known = attempt(email=queries.print_of("email", "Anna@Example.com "))
    assert known.email == queries.print_of("email", "anna@example.com")
    actions.note_attempt(new_id(), known, Verdict(0, "allow", ()))
    assert "anna" not in str(RiskAttempt.objects.values().get())
