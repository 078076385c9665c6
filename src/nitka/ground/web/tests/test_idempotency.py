import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.test import RequestFactory

from nitka.ground import clock
from nitka.ground.web.idempotency import LONGEST, BadKey, KeyReused, StillRunning, idempotent, idempotent_outside
from nitka.ground.web.models import StoredAnswer

requests = RequestFactory()
calls: list[str] = []


@idempotent
def deed(request) -> HttpResponse:
    calls.append(request.body.decode())
    return JsonResponse({"number": len(calls)}, status=201)


@idempotent
def failing_deed(request) -> HttpResponse:
    calls.append("failed")
    return HttpResponse("down", status=503)


def post(body: str, key: str = "", view=deed) -> HttpResponse:
    headers = {"Idempotency-Key": key} if key else {}
    return view(requests.post("/deed", body, content_type="application/json", headers=headers))


@pytest.fixture(autouse=True)
def no_calls() -> None:
    calls.clear()


@pytest.mark.django_db
def test_the_same_key_gets_the_first_answer_again() -> None:
    first, second = post("a", "k1"), post("a", "k1")
    assert json.loads(first.content) == json.loads(second.content) == {"number": 1}
    assert second.status_code == 201
    assert second["Idempotent-Replayed"] == "true"
    assert calls == ["a"]


@pytest.mark.django_db
def test_the_same_key_for_another_body_is_refused() -> None:
    post("a", "k1")
    with pytest.raises(KeyReused):
        post("b", "k1")


@pytest.mark.django_db
def test_another_client_with_the_same_key_is_another_client() -> None:
    post("a", "k1")
    headers = {"Idempotency-Key": "k1"}
    deed(requests.post("/deed", "a", content_type="application/json", headers=headers, REMOTE_ADDR="9.9.9.9"))
    assert calls == ["a", "a"]


@pytest.mark.django_db
def test_a_failure_of_ours_may_be_tried_again() -> None:
    post("a", "k1", failing_deed)
    post("a", "k1", failing_deed)
    assert calls == ["failed", "failed"]
    assert not StoredAnswer.objects.exists()


@pytest.mark.django_db
def test_without_a_key_each_request_counts() -> None:
    post("a"), post("a")
    assert calls == ["a", "a"]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 256, "a\nb"])
def test_a_key_must_make_sense(key) -> None:
    with pytest.raises(BadKey):
        deed(requests.post("/deed", "a", content_type="application/json", HTTP_IDEMPOTENCY_KEY=key))


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_have_one_effect() -> None:
    def press(_number: int) -> bytes:
        try:
            return post("a", "k1").content
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        answers = set(pool.map(press, range(16)))
    assert answers == {b'{"number": 1}'}
    assert calls == ["a"]


@idempotent_outside
def deed_with_a_gateway(request) -> HttpResponse:
    calls.append(request.body.decode())
    if request.body == b"broken":
        raise OSError("the gateway is away")
    return JsonResponse({"number": len(calls)}, status=201)


@pytest.mark.django_db
def test_a_deed_with_a_gateway_is_done_once_and_its_answer_repeated() -> None:
    first, again = (post("a", "g1", deed_with_a_gateway) for _time in range(2))
    assert first.content == again.content
    assert calls == ["a"]
    with pytest.raises(KeyReused):
        post("b", "g1", deed_with_a_gateway)


@pytest.mark.django_db
def test_a_deed_that_is_under_way_is_not_begun_again_until_its_claim_is_old() -> None:
    post("a", "g2", deed_with_a_gateway)
    StoredAnswer.objects.update(status=None, body="")
    with pytest.raises(StillRunning):
        post("a", "g2", deed_with_a_gateway)
    StoredAnswer.objects.update(at=clock.now() - 2 * LONGEST)
    assert post("a", "g2", deed_with_a_gateway).status_code == 201


@pytest.mark.django_db
def test_a_deed_that_broke_may_be_tried_again() -> None:
    with pytest.raises(OSError, match="away"):
        post("broken", "g3", deed_with_a_gateway)
    assert not StoredAnswer.objects.exists()
