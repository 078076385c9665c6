from uuid import UUID, uuid4

import pytest

from nitka.people.customers import actions as customers
from nitka.people.customers import queries
from nitka.people.customers.models import Consent, Customer, Evidence, Refusal
from nitka.people.customers.tests import makers

pytestmark = pytest.mark.django_db
PHONE = queries.evidence_id("device", "zofias-phone")
LAPTOP = queries.evidence_id("device", "zofias-laptop")


def choose(evidence: UUID | None = PHONE, customer_id: UUID | None = None, **choices: bool) -> tuple[str, ...]:
    return customers.choose_consents(
        evidence=evidence, customer_id=customer_id, choices=choices, source="banner", text_version="1"
    )


def owned(*devices: UUID, by: UUID) -> None:
    for device in devices:
        Evidence.objects.update_or_create(
            id=device, defaults={"kind": "device", "value": str(device), "customer_id": by}
        )


def test_only_what_changes_gets_a_line() -> None:
    assert choose(analytics=True, advertising=False) == ("analytics", "advertising")
    assert choose(analytics=True, advertising=False) == ()
    assert choose(analytics=False, advertising=False) == ("analytics",)
    lines = queries.consents_of(evidence=[PHONE])
    assert [(line.purpose, line.granted, line.of) for line in lines if line.purpose == "analytics"] == [
        ("analytics", False, "device"), ("analytics", True, "device"),
    ]  # fmt: skip


def test_a_no_stands_where_the_collector_looks_until_it_is_taken_back() -> None:
    choose(analytics=False, personalisation=True)
    assert queries.refused([PHONE, LAPTOP], "analytics") == {PHONE}
    assert not queries.refused([PHONE], "personalisation")
    choose(analytics=True)
    assert not Refusal.objects.exists()


def test_a_no_of_somebody_signed_in_counts_for_the_sign_in_too() -> None:
    zofia = signed_in()
    choose(PHONE, zofia, analytics=False)
    login = queries.evidence_id("login", str(queries.customer(zofia).user_id))
    assert queries.refused([PHONE, LAPTOP, login], "analytics") == {PHONE, login}


def test_the_newest_line_of_any_device_of_a_person_decides_what_may_be_processed() -> None:
    owned(PHONE, LAPTOP, by=makers.customer())
    both = [PHONE, LAPTOP]
    assert not queries.may_process(both, "personalisation") and not queries.refuses(both, "personalisation")
    choose(PHONE, personalisation=True)
    assert queries.may_process(both, "personalisation")
    choose(LAPTOP, personalisation=False)
    assert queries.refuses(both, "personalisation") and not queries.may_process([PHONE], "advertising")
    choose(PHONE, personalisation=False)
    choose(PHONE, personalisation=True)
    assert queries.may_process(both, "personalisation")


def test_what_was_said_by_a_merged_row_counts() -> None:
    zofia, older = makers.customer(), makers.customer("zosia@example.com")
    Customer.objects.filter(id=older).update(merged_into=zofia)
    owned(PHONE, by=zofia)
    choose(None, older, analytics=True)
    assert queries.may_process([PHONE], "analytics")


def test_a_no_of_the_person_ends_mail_to_the_address_but_a_yes_elsewhere_does_not_begin_it() -> None:
    zofia = makers.customer()
    choose(None, zofia, newsletter=True)
    assert not queries.has_consent("zofia@example.com", "newsletter")
    customers.record_consent(
        email="zofia@example.com", purpose="newsletter", granted=True, source="footer", text_version="1"
    )
    assert queries.has_consent("zofia@example.com", "newsletter")
    choose(None, zofia, newsletter=False)
    assert not queries.has_consent("zofia@example.com", "newsletter")


def test_leaving_with_another_address_of_the_same_person_ends_that_address_alone() -> None:
    zofia = makers.customer()
    for email, granted in (("zofia@example.com", True), ("work@example.com", True), ("work@example.com", False)):
        customers.record_consent(
            email=email, customer_id=zofia, purpose="newsletter", granted=granted, source="footer", text_version="1"
        )
    assert queries.has_consent("zofia@example.com", "newsletter")


def test_a_choice_is_somebodys_and_of_a_known_purpose() -> None:
    with pytest.raises(ValueError, match="somebody"):
        choose(None, analytics=True)
    with pytest.raises(ValueError, match="no purpose"):
        choose(PHONE, everything=True)
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("cookie", "allowed"),
    [("v1.ap-.2026-11", {"analytics", "personalisation"}), ("v1.---.2026-11", set()), ("v1.aps.2020", {*queries.VISIT_PURPOSES}),
     ("v1.pa-.2026-11", set()), ("v2.aps.2026-11", set()), ("", set()), ("v1.aps.", set())],
)  # fmt: skip
def test_a_cookie_that_is_none_allows_nothing(cookie: str, allowed: set[str]) -> None:
    found = queries.choices_in(cookie)
    assert {purpose for purpose, yes in found.as_dict().items() if yes} == allowed
    assert found.answered is (cookie in ("v1.ap-.2026-11", "v1.---.2026-11"))
    if found.text_version:
        assert found.cookie() == cookie


def test_the_browsers_own_wish_counts_more_than_one_button_for_everything() -> None:
    everything = dict.fromkeys(queries.VISIT_PURPOSES, True)
    assert queries.heeding(everything, gpc=True, dnt=True).as_dict() == {
        "analytics": False, "personalisation": True, "advertising": False,
    }  # fmt: skip
    assert queries.heeding(everything, gpc=False).as_dict() == everything


def signed_in() -> UUID:
    from nitka.people.accounts.tests import makers as accounts

    return customers.link_user(user_id=accounts.shopper().id, email="zofia@example.com")


def test_two_people_do_not_share_their_choices() -> None:
    choose(uuid4(), analytics=True)
    assert not queries.may_process([PHONE], "analytics")
