import threading

import pytest
from django.db import connection, transaction

from nitka.ground.facts import followers
from nitka.ground.facts.followers import Follower, cursor_of, move_cursor, take_step


def read_three() -> int:
    move_cursor("tests.reader", cursor_of("tests.reader") + 3)
    return 3


def stumble() -> int:
    move_cursor("tests.reader", 99)
    raise RuntimeError("the step fails after it moved")


@pytest.mark.django_db
def test_a_step_moves_its_cursor() -> None:
    reader = Follower("tests.reader", read_three, 0)
    assert [take_step(reader), take_step(reader)] == [3, 3]
    assert cursor_of("tests.reader") == 6


@pytest.mark.django_db
def test_a_failed_step_leaves_the_cursor() -> None:
    with pytest.raises(RuntimeError):
        take_step(Follower("tests.reader", stumble, 0))
    assert cursor_of("tests.reader") == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_turns() -> None:
    inside, leave = threading.Event(), threading.Event()

    def slow() -> int:
        inside.set()
        leave.wait(10)
        return 1

    def work() -> None:
        take_step(Follower("tests.slow", slow, 0))
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    assert inside.wait(10)
    assert take_step(Follower("tests.slow", lambda: 1, 0)) == 0, "the other is at it"
    leave.set()
    worker.join()
    assert take_step(Follower("tests.slow", lambda: 1, 0)) == 1


def test_registering_names_it() -> None:
    step = followers.follows("tests.named", every=1.5)(read_three)
    try:
        assert Follower("tests.named", step, 1.5) in followers.followers()
    finally:
        followers._followers.pop("tests.named")


@pytest.mark.django_db
def test_nobody_steps_outside_of_a_transaction() -> None:
    assert take_step(Follower("tests.inside", lambda: int(transaction.get_connection().in_atomic_block), 0)) == 1


@pytest.mark.django_db
def test_a_command_takes_all_steps_that_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = [3, 2, 0]
    reader = Follower("tests.reader", lambda: waiting.pop(0), 0)
    monkeypatch.setattr(followers, "_followers", {reader.name: reader})
    followers.catch_up()
    assert waiting == []
