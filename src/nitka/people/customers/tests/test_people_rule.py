from itertools import permutations
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from nitka.people.customers.graph import MOST_NEIGHBOURS, Mark, People, Tie, people
from nitka.people.customers.tests.worlds import Event, broken_promises, events, random_events, state

CLAIMED, GIVEN, PROVED, DECIDED = range(4)
DEVICE, TABLET, ANNA, BO, MAIL, MAIL2, PHONE = (UUID(int=number) for number in range(1, 8))
KIND = {DEVICE: "device", TABLET: "device", ANNA: "login", BO: "login", MAIL: "email", MAIL2: "email", PHONE: "phone"}


def decide(*ties: tuple[UUID, UUID, int], **standing: int) -> People:
    ends = {end for tie in ties for end in tie[:2]}
    names = {DEVICE: "device", TABLET: "tablet", ANNA: "anna", BO: "bo", MAIL: "mail", MAIL2: "mail2", PHONE: "phone"}
    marks = {end: Mark(KIND[end], standing.get(names[end], 0 if KIND[end] == "device" else 1)) for end in ends}
    return people(marks, [Tie(*tie) for tie in ties])


def together(found: People, *ids: UUID) -> bool:
    return len({found.group_of[id_] for id_ in ids}) == 1


def test_a_guest_and_the_browser_are_one_person() -> None:
    assert together(decide((DEVICE, MAIL, GIVEN), (MAIL, PHONE, GIVEN)), DEVICE, MAIL, PHONE)


def test_who_signs_in_brings_the_guest_along() -> None:
    found = decide((DEVICE, MAIL, GIVEN), (ANNA, MAIL, PROVED), (DEVICE, ANNA, PROVED), mail=2, anna=2)
    assert together(found, DEVICE, ANNA, MAIL) and not found.shared


def test_a_tablet_that_two_people_use_is_nobodys() -> None:
    found = decide((TABLET, ANNA, PROVED), (TABLET, BO, PROVED))
    assert found.shared == {TABLET} and len(found.groups()) == 3


def test_a_device_makes_nobody_one() -> None:
    found = decide((DEVICE, TABLET, GIVEN), (DEVICE, MAIL, GIVEN), (TABLET, MAIL2, GIVEN))
    assert not together(found, MAIL, MAIL2) and found.shared == {DEVICE, TABLET}


def test_a_telephone_makes_no_two_addresses_one() -> None:
    found = decide((MAIL, PHONE, GIVEN), (MAIL2, PHONE, GIVEN))
    assert len(found.groups()) == 3 and found.shared == {PHONE}


def test_two_logins_of_one_address_stay_two_and_the_address_stands_alone() -> None:
    found = decide((ANNA, MAIL, PROVED), (BO, MAIL, PROVED), (BO, MAIL2, PROVED), mail=2, mail2=2)
    assert found.shared == {MAIL} and together(found, BO, MAIL2) and len(found.groups()) == 3


def test_only_staff_makes_two_logins_one() -> None:
    assert not together(decide((ANNA, BO, PROVED)), ANNA, BO)
    assert together(decide((ANNA, BO, DECIDED), (BO, MAIL, PROVED), (ANNA, DEVICE, PROVED)), ANNA, BO, MAIL, DEVICE)


def test_two_proved_addresses_are_two_people_until_one_login_has_proved_both() -> None:
    assert not together(decide((MAIL, MAIL2, PROVED), mail=2, mail2=2), MAIL, MAIL2)
    found = decide((ANNA, MAIL, PROVED), (ANNA, MAIL2, PROVED), mail=2, mail2=2)
    assert together(found, ANNA, MAIL, MAIL2)


def test_what_is_only_claimed_does_not_touch_what_was_given() -> None:
    assert not together(decide((DEVICE, MAIL, CLAIMED)), DEVICE, MAIL)
    assert not together(decide((ANNA, MAIL, CLAIMED), anna=2, mail=0), ANNA, MAIL)
    assert together(decide((DEVICE, MAIL, CLAIMED), mail=0), DEVICE, MAIL)


def test_a_proved_channel_finds_the_guest_but_not_the_owner_of_an_account() -> None:
    assert together(decide((MAIL, PHONE, GIVEN), phone=2), MAIL, PHONE)
    assert not together(decide((ANNA, PHONE, GIVEN), phone=2, anna=2), ANNA, PHONE)
    assert not together(decide((MAIL, PHONE, GIVEN), phone=2, mail=2), MAIL, PHONE)


def test_staff_gives_a_shared_device_to_one_of_them() -> None:
    found = decide((TABLET, ANNA, PROVED), (TABLET, BO, PROVED), (TABLET, BO, DECIDED))
    assert together(found, TABLET, BO)


def test_an_id_with_too_many_neighbours_is_nobodys() -> None:
    crowd = [UUID(int=100 + number) for number in range(MOST_NEIGHBOURS + 1)]
    marks = {PHONE: Mark("phone", 1), **{id_: Mark("email", 1) for id_ in crowd}}
    found = people(marks, [Tie(PHONE, id_, GIVEN) for id_ in crowd])
    assert found.shared == {PHONE} and len(found.groups()) == len(crowd) + 1


@given(events(most=5))
@settings(max_examples=150, deadline=None)
def test_every_order_of_arrival_gives_the_same_people(happened: list[Event]) -> None:
    expected = people(*state(happened))
    for order in permutations(happened):
        marks, ties = state(order)
        assert people(dict(sorted(marks.items(), key=lambda _: 0)), ties) == expected


@given(events(most=14, numbers=14), st.randoms(use_true_random=False))
@settings(max_examples=600, deadline=None)
def test_promises_hold_in_every_world(happened: list[Event], dice: Random) -> None:
    marks, ties = state(happened)
    found = people(marks, ties)
    assert not broken_promises(marks, ties, found)
    shuffled = list(happened)
    dice.shuffle(shuffled)
    assert people(*state(shuffled)) == found
    assert set(found.group_of) == set(marks)


def test_promises_hold_in_large_worlds() -> None:
    for seed in range(150):
        marks, ties = state(random_events(seed, 60, 40))
        assert not broken_promises(marks, ties, people(marks, ties))
