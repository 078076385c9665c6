import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from nitka.ground.web import limits
from nitka.ground.web.limits import TooManyRequests, client_address


@pytest.mark.django_db
@pytest.mark.parametrize("store", ["shared", "memory"])
def test_the_allowance_ends_and_says_when_to_come_back(settings, store) -> None:
    settings.NITKA_RATE_LIMITS = True
    for _try in range(3):
        limits.check(f"{store}:a", "3/h", store=store)
    limits.check(f"{store}:b", "3/h", store=store)
    with pytest.raises(TooManyRequests) as refusal:
        limits.check(f"{store}:a", "3/h", store=store)
    assert 0 < refusal.value.detail["retry_after"] <= 3600


def test_a_form_is_looked_at_as_often_as_one_likes_where_only_posts_count(settings) -> None:
    settings.NITKA_RATE_LIMITS = True

    @limits.rate_limit("looked_at", "1/h", store="memory", posts_only=True)
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    ask = RequestFactory()
    for _look in range(5):
        assert view(ask.get("/")).status_code == view(ask.head("/")).status_code == 200
    assert view(ask.post("/")).status_code == 200
    with pytest.raises(TooManyRequests):
        view(ask.post("/"))
    assert limits.limits_of(view) == ()


def test_limits_can_be_switched_off_for_benches(settings) -> None:
    settings.NITKA_RATE_LIMITS = False
    for _try in range(10):
        limits.check("off", "1/h", store="memory")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [(0, "1.1.1.1", "9.9.9.9"), (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"), (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
     (2, "1.1.1.1", "9.9.9.9")],
)  # fmt: skip
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, address) -> None:
    settings.NITKA_TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="9.9.9.9")
    assert client_address(request) == address


@pytest.mark.parametrize(
    ("said", "counted"),
    [("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"), ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
     ("2001:db8:1:3::1", "2001:db8:1:3::/64"), ("::ffff:9.9.9.9", "9.9.9.9"), ("::1", "::1"), ("unix:", "unix:")],
)  # fmt: skip
def test_all_addresses_of_one_subscriber_are_counted_as_one(said: str, counted: str) -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=said)) == counted


@pytest.mark.django_db
def test_who_has_used_up_their_wrong_tries_learns_nothing_of_the_next(settings) -> None:
    settings.NITKA_RATE_LIMITS = True
    key = "wrong tries"
    for _try in range(3):
        limits.refuse_used_up(key, "3/h")  # counts nothing
        limits.refuse_used_up(key, "3/h")
        limits.check(key, "3/h")
    with pytest.raises(TooManyRequests):
        limits.refuse_used_up(key, "3/h")
