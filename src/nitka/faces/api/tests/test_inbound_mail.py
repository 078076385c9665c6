import json
import time
from typing import Any

import pytest
from django.test import Client

from nitka.care.desk.models import Message
from nitka.care.desk.tests.makers import raw
from nitka.faces.api.inbound_mail import signature

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def secret(settings) -> None:
    settings.NITKA_INBOUND_SECRET = "whsec_c2VjcmV0IG9mIHRoZSB0ZXN0cw=="
    settings.NITKA_INBOUND_ADDRESS = "reply@shop.example"


def post(mail: bytes, *, signed: bytes | None = None, at: int | None = None, **headers: str) -> Any:
    stamp = str(at or int(time.time()))
    sent = {"webhook-id": "msg_1", "webhook-timestamp": stamp,
            "webhook-signature": "v1,old " + signature("msg_1", stamp, mail if signed is None else signed)}  # fmt: skip
    return Client().post("/api/v1/inbound-mail", mail, content_type="message/rfc822", headers=sent | headers)


def test_a_signed_mail_is_kept_once_however_often_it_is_sent() -> None:
    mail = raw("Hello \xe9\x00".replace("\x00", ""))
    assert post(mail).json() == {"verdict": "new"}
    assert post(mail).json() == {"verdict": "known"}
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "more",
    [{"signed": b"other"}, {"at": int(time.time()) - 400}, {"at": int(time.time()) + 400}, {"webhook-signature": ""},
     {"webhook-id": "msg_2"}, {"webhook-timestamp": "soon"}],
)  # fmt: skip
def test_what_is_not_signed_now_and_here_is_refused(more: dict[str, Any]) -> None:
    answer = post(raw("Hello"), **more)
    assert answer.status_code == 401 and json.loads(answer.content)["code"] == "signature_invalid"
    assert not Message.objects.exists()


def test_what_cannot_be_taken_is_told_for_good() -> None:
    assert post(b"no sender at all").status_code == 422
    assert post(b"x" * (25 * 1024 * 1024 + 1)).status_code == 413


def test_without_a_secret_there_is_no_door(settings) -> None:
    settings.NITKA_INBOUND_SECRET = ""
    assert post(raw("Hello")).status_code == 404
