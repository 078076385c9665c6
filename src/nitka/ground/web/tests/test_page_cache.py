"""Ready pages under races: whoever asks after the commit of a change, plus the time between two looks, never gets what
was before it. A stand-in for the application shows the number that the database has."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from nitka.ground.remembered import Remembered
from nitka.ground.web import watching
from nitka.ground.web.page_cache import layer, news
from nitka.ground.web.page_cache.layer import Asked, ReadyPages, ask
from nitka.ground.web.page_cache.news import News, names_of_change, names_to_watch
from nitka.ground.web.page_cache.pages import Page, Pages, encoding_for
from nitka.ground.web.public import NOTES


class OneQuestion:
    """Every path is a public page."""

    def asked(self, environ: dict[str, Any]) -> Asked:
        return Asked(environ["PATH_INFO"], lambda: {"PATH_INFO": environ["PATH_INFO"]}, False, ())

    def is_public(self, environ: dict[str, Any]) -> bool:
        return True

    def versions(self) -> dict[str, int]:
        return {}


def environ(path: str = "/n") -> dict[str, Any]:
    return {"REQUEST_METHOD": "GET", "PATH_INFO": path, "REMOTE_ADDR": ""}


@pytest.fixture
def number(transactional_db: None) -> Iterator[Callable[[], int]]:
    """A table of one number, watched as content's tables are."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS shown_number; CREATE TABLE shown_number (n int, name text)")
        cursor.execute(watching.watch("shown_number").sql)
        cursor.execute("INSERT INTO shown_number VALUES (0, 'one')")

    def asked() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT n FROM shown_number")
            return int(cursor.fetchone()[0])

    yield asked
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE shown_number; DELETE FROM web_page_changes")


def set_number(to: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE shown_number SET n = %s", [to])


def application(number: Callable[[], int], pause: float = 0.0, made: list[int] | None = None) -> Any:
    """Shows the number, remembered as pages remember their settings, after a while as a slow view would."""

    def shows(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        found = number()
        time.sleep(pause)
        environ[NOTES].public = True
        environ[NOTES].tags.add("all")
        if made is not None:
            made.append(found)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(found).encode()]

    return shows


def test_no_reader_sees_what_was_changed_before_the_last_look(number: Callable[[], int]) -> None:
    remembered = Remembered(number)
    houses = [ReadyPages(application(remembered, pause=0.004), OneQuestion(), 1 << 20) for _process in range(2)]
    committed: list[tuple[float, int]] = [(time.monotonic(), 0)]
    wrong: list[str] = []
    seen: set[int] = set()
    over = threading.Event()

    def read(house: ReadyPages) -> None:
        while not over.is_set():
            began = time.monotonic()
            shown = int(ask(house, environ()).body)
            seen.add(shown)
            known = max(value for at, value in committed if at < began - news.LEASE)
            if shown < known:
                wrong.append(f"{shown} was shown, {known} was committed long before")
            time.sleep(0.001)
        connection.close()

    committed.insert(0, (0.0, 0))
    readers = [threading.Thread(target=read, args=(house,)) for house in houses for _thread in range(4)]
    for each in readers:
        each.start()
    for value in range(1, 80):
        with transaction.atomic():
            set_number(value)
            time.sleep(0.02)  # a transaction that takes its time: its number is older than its commit
        committed.append((time.monotonic(), value))
        time.sleep(0.03)
    over.set()
    for each in readers:
        each.join()
    assert not wrong, wrong[:5]
    assert len(seen) > 5


def test_a_page_begun_before_a_change_and_finished_after_it_is_not_given_out(number: Callable[[], int]) -> None:
    began, changed = threading.Event(), threading.Event()

    def slow() -> int:
        found = number()
        began.set()
        changed.wait(5)
        return found

    house = ReadyPages(application(slow), OneQuestion(), 1 << 20)
    replies: list[bytes] = []

    def ask_first() -> None:
        replies.append(ask(house, environ()).body)
        connection.close()

    first = threading.Thread(target=ask_first)
    first.start()
    began.wait(5)
    set_number(7)
    time.sleep(news.LOOK_EVERY + 0.05)
    assert house.news.caught_up()  # another page was asked for meanwhile
    changed.set()
    first.join()
    assert replies == [b"0"]  # it was asked for before the change
    assert ask(house, environ()).body == b"7"


def test_a_change_that_commits_late_is_not_overlooked(number: Callable[[], int]) -> None:
    house = ReadyPages(application(number), OneQuestion(), 1 << 20)
    ask(house, environ())
    waits, goes_on = threading.Event(), threading.Event()

    def late() -> None:
        with transaction.atomic():
            set_number(1)
            waits.set()
            goes_on.wait(5)
        connection.close()

    writer = threading.Thread(target=late)
    writer.start()
    waits.wait(5)
    for _later in range(3):  # others come and go, with higher numbers of transactions
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO web_page_changes (tag) VALUES ('product:1')")
        time.sleep(news.LOOK_EVERY + 0.02)
        assert ask(house, environ()).body == b"0"
    goes_on.set()
    writer.join()
    time.sleep(news.LOOK_EVERY + 0.02)
    assert ask(house, environ()).body == b"1"


def test_one_makes_the_page_while_the_others_wait(number: Callable[[], int]) -> None:
    made: list[int] = []
    house = ReadyPages(application(number, pause=0.2, made=made), OneQuestion(), 1 << 20)
    replies: list[bytes] = []

    def visit() -> None:
        replies.append(ask(house, environ()).body)
        connection.close()

    visitors = [threading.Thread(target=visit) for _visitor in range(12)]
    for each in visitors:
        each.start()
    for each in visitors:
        each.join()
    assert replies == [b"0"] * 12 and made == [0]


def test_what_a_transaction_sees_of_itself_is_not_remembered_for_others(number: Callable[[], int]) -> None:
    remembered = Remembered(number)
    with pytest.raises(RuntimeError), transaction.atomic():
        set_number(9)
        assert remembered() == 9
        raise RuntimeError
    assert remembered() == 0


def test_an_answer_that_was_asked_before_it_was_forgotten_is_not_kept() -> None:
    answers = iter([1, 2])

    def load() -> int:
        answer = next(answers)
        if answer == 1:
            remembered.forget()
        return answer

    remembered = Remembered(load)
    assert [remembered(), remembered()] == [1, 2]


def test_a_process_that_slept_for_hours_trusts_nothing(number: Callable[[], int]) -> None:
    followed = News()
    assert followed.caught_up()
    before = followed.generation
    followed._looked -= 5 * 3600
    assert followed.caught_up()
    assert followed.changed_since(before, names_to_watch(["anything"]))


# --- Tags ---------------------------------------------------------------------------------------

names = st.sampled_from(["all", "product:1", "product:2", "product:*", "review:1", "frame"])


@given(change=names, tag=names)
def test_a_page_is_concerned_by_what_it_shows_by_all_of_its_kind_and_by_everything(change: str, tag: str) -> None:
    kind = tag.partition(":")[0]
    concerned = change in ("all", tag) or (":" in tag and change == f"{kind}:*")
    if tag.endswith(":*"):
        return  # no page says that
    assert bool(set(names_of_change(change)) & set(names_to_watch([tag]))) == concerned


@pytest.mark.parametrize("change", ["product:1", "product:*", "all"])
def test_a_list_is_concerned_by_any_of_its_kind(change: str) -> None:
    assert set(names_of_change(change)) & set(names_to_watch(["product:"]))
    assert not set(names_of_change("review:1")) & set(names_to_watch(["product:"]))


@pytest.mark.parametrize("change", ["product:1", "frame", "all"])
def test_a_page_that_says_nothing_is_concerned_by_everything(change: str) -> None:
    assert set(names_of_change(change)) & set(names_to_watch(["*"]))


@pytest.mark.django_db
def test_many_changes_in_one_breath_are_said_as_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM web_page_changes")
        watching.say_changed(["product:1", "product:2", "product:1"])
        watching.say_changed(f"product:{number}" for number in range(500))
        watching.say_changed([])
        cursor.execute("SELECT tag FROM web_page_changes ORDER BY seq")
        assert [row[0] for row in cursor.fetchall()] == ["product:1", "product:2", "product:*"]


@pytest.mark.django_db
def test_a_table_may_name_what_changed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE named (product_id int, n int)")
        cursor.execute(watching.watch("named", "product", "product_id").sql)
        cursor.execute("DELETE FROM web_page_changes")
        cursor.execute("INSERT INTO named VALUES (1, 1), (1, 2), (2, 3), (NULL, 4)")
        cursor.execute("UPDATE named SET n = 9 WHERE product_id = 2")
        cursor.execute("DELETE FROM named WHERE product_id = 77")
        cursor.execute("SELECT tag FROM web_page_changes ORDER BY tag")
        assert [row[0] for row in cursor.fetchall()] == ["product:1", "product:2", "product:2"]


# --- Keeping ------------------------------------------------------------------------------------


def page(size: int) -> Page:
    return Page(b"x" * size, [], (), (), 1, 0.0, "view")


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 4000)), max_size=40))
def test_kept_pages_never_weigh_more_than_allowed(puts: list[tuple[int, int]]) -> None:
    pages = Pages(60_000)
    for key, size in puts:
        pages.put(key, page(size))
        assert pages.bytes == sum(kept.size for kept, _size in pages._kept.values()) <= 60_000


def test_the_least_used_goes_first() -> None:
    pages = Pages(80_000)
    for key in range(9):
        pages.put(key, page(4000))
    pages.get(0)
    pages.put(9, page(4000))
    assert pages.get(0) and pages.get(9) and not pages.get(1)


def test_one_page_does_not_push_out_all_others() -> None:
    pages = Pages(80_000)
    pages.put(1, page(20_000))
    assert not pages.get(1)


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", ""), ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0.1, gzip", "gzip"), ("*", "br"),
        ("br;q=0, *;q=0.5", "gzip"), ("identity", ""), ("gzip;q=0", ""), ("gzip;q=nonsense", ""), ("BR", "br"),
    ],
)  # fmt: skip
def test_the_encoding_that_the_browser_likes_best(accepted: str, chosen: str) -> None:
    assert encoding_for(accepted) == chosen


def test_nothing_is_kept_for_longer_than_the_layer_says() -> None:
    assert layer.LONGEST_SECONDS <= 300 and news.LOOK_EVERY + news.LEASE < 2
