import threading
from datetime import timedelta

import pytest
from django.db import connection

from nitka.ground import clock
from nitka.ground.ids import new_id
from nitka.people.accounts import actions as accounts
from nitka.people.accounts import queries
from nitka.people.accounts.models import User, WrongTries
from nitka.people.accounts.tests import makers

HOME, CAFE = "192.0.2.1", "198.51.100.7"


def ask(email: str = "zofia@example.com"):
    challenge = accounts.ask_code(email=email, language="pl", address=HOME)
    request = queries.code_request(challenge)
    assert request is not None and request.code is not None
    return challenge, request.code


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.mark.django_db
def test_the_right_code_makes_an_account_and_opens_once() -> None:
    challenge, code = ask("Zofia@Example.com")
    user_id = accounts.check_code(challenge_id=challenge, code=f" {code[:3]} {code[3:]} ", address=HOME)
    user = User.objects.get()
    assert (user.id, user.email, user.role, user.has_usable_password()) == (user_id, "zofia@example.com", "", False)
    with pytest.raises(accounts.WrongCode):
        accounts.check_code(challenge_id=challenge, code=code, address=HOME)
    assert queries.code_request(challenge).code is None


@pytest.mark.django_db
def test_a_known_person_gets_the_same_account() -> None:
    zofia = makers.shopper()
    challenge, code = ask()
    assert accounts.check_code(challenge_id=challenge, code=code, address=HOME) == zofia.id


@pytest.mark.django_db
def test_a_code_ends_after_fifteen_minutes() -> None:
    challenge, code = ask()
    with clock.freeze(clock.now() + timedelta(minutes=15, seconds=1)), pytest.raises(accounts.WrongCode):
        accounts.check_code(challenge_id=challenge, code=code, address=HOME)


@pytest.mark.django_db
def test_a_code_fits_its_own_question_alone() -> None:
    first, code = ask()
    second, _other = ask("kari@example.com")
    for challenge in (second, new_id()):
        with pytest.raises(accounts.WrongCode):
            accounts.check_code(challenge_id=challenge, code=code, address=HOME)
    assert accounts.check_code(challenge_id=first, code=code, address=HOME)


@pytest.mark.django_db
def test_five_wrong_codes_shut_the_door_for_the_right_one_too_and_the_wait_grows() -> None:
    now = clock.now()
    waits = []
    with clock.freeze(now):
        challenge, code = ask()
        for _ in range(5):
            with pytest.raises(accounts.WrongCode):
                accounts.check_code(challenge_id=challenge, code=wrong(code), address=HOME)
    for _ in range(4):
        with clock.freeze(now):
            challenge, code = ask()
            with pytest.raises(accounts.LockedOut) as shut:
                accounts.check_code(challenge_id=challenge, code=code, address=HOME)
            waits.append(shut.value.detail["retry_after"])
        now += timedelta(seconds=waits[-1])
        with clock.freeze(now), pytest.raises(accounts.WrongCode):
            accounts.check_code(challenge_id=challenge, code=wrong(code), address=HOME)
    assert [round(wait / 60) for wait in waits] == [1, 2, 4, 8]


@pytest.mark.django_db
def test_a_stranger_elsewhere_does_not_shut_the_owner_out_at_once() -> None:
    challenge, code = ask()
    for _ in range(5):
        with pytest.raises(accounts.WrongCode):
            accounts.check_code(challenge_id=challenge, code=wrong(code), address=CAFE)
    with pytest.raises(accounts.LockedOut):
        accounts.check_code(challenge_id=challenge, code=wrong(code), address=CAFE)
    challenge, code = ask()
    assert accounts.check_code(challenge_id=challenge, code=code, address=HOME)


@pytest.mark.django_db
def test_an_address_that_tries_many_accounts_is_shut_out_of_all() -> None:
    with pytest.raises(accounts.LockedOut):
        for number in range(50):
            challenge, code = ask(f"person{number}@example.com")
            with pytest.raises(accounts.WrongCode):
                accounts.check_code(challenge_id=challenge, code=wrong(code), address=CAFE)


@pytest.mark.django_db
def test_the_right_code_forgives_the_wrong_ones() -> None:
    for _ in range(3):
        challenge, code = ask()
        for _try in range(3):
            with pytest.raises(accounts.WrongCode):
                accounts.check_code(challenge_id=challenge, code=wrong(code), address=HOME)
        assert accounts.check_code(challenge_id=challenge, code=code, address=HOME)


@pytest.mark.django_db
def test_who_was_dismissed_cannot_come_in() -> None:
    User.objects.create_user("zofia@example.com", is_active=False)
    challenge, code = ask()
    with pytest.raises(accounts.WrongCode):
        accounts.check_code(challenge_id=challenge, code=code, address=HOME)


@pytest.mark.django_db(transaction=True)
def test_a_hundred_guesses_at_once_are_no_more_than_five() -> None:
    challenge, code = ask()
    outcomes: list[str] = []
    gate = threading.Barrier(12)

    def guess() -> None:
        gate.wait()
        for _ in range(2):
            try:
                accounts.check_code(challenge_id=challenge, code=wrong(code), address=HOME)
            except (accounts.WrongCode, accounts.LockedOut) as refused:
                outcomes.append(refused.code)
        connection.close()

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("wrong_code") == 5 and outcomes.count("locked_out") == 19


@pytest.mark.django_db
def test_no_code_lies_in_the_database() -> None:
    challenge, code = ask()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM accounts_sign_in_codes c")
        assert code not in str(cursor.fetchall()[0][0]).replace(str(challenge), "")
    assert not WrongTries.objects.exists()
