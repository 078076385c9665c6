"""Asking VIES about a VAT number: it may be down, slow, or know nothing today."""

import json

import pytest

from nitka.ground.web import outbound
from nitka.shelf.pricing import actions, looking_up, markets, queries
from nitka.shelf.pricing.vat_registers import vies
from tests.worker import run_jobs

pytestmark = pytest.mark.django_db
NUMBER = "DE136695976"
YES = {"isValid": True, "userError": "VALID", "name": "Muster GmbH", "requestIdentifier": "WAPI1"}
NO = {"isValid": False, "userError": "INVALID"}
AWAY = {"isValid": False, "userError": "MS_UNAVAILABLE"}


@pytest.fixture
def register(settings, monkeypatch):
    settings.NITKA_VAT_REGISTER = "vies"
    said = {"text": json.dumps(YES), "status": 200, "asked": 0}

    def get(url, headers, *, seconds):
        said["asked"] += 1
        assert url.endswith("/ms/DE/vat/136695976")
        if said["text"] is None:
            raise outbound.NotSent("no answer within 15 s")
        return outbound.Answer(said["status"], {}, said["text"], 0.1)

    monkeypatch.setattr(vies.outbound, "get", get)
    return said


@pytest.mark.parametrize(
    ("answer", "status"),
    [(YES, "valid"), (NO, "invalid"), (AWAY, "unknown"), ([], "unknown"), (None, "unknown"), ("<html>", "unknown")],
)
def test_only_a_plain_no_is_a_no(register, answer, status):
    register["text"] = json.dumps(answer) if isinstance(answer, dict | list) else answer
    assert looking_up.look_up_now(NUMBER) == status
    assert queries.vat_check(NUMBER) == status
    assert markets.is_refused(NUMBER) is (status == "invalid")


def test_a_job_asks_once_for_a_while(register):
    for _again in range(2):
        actions.look_up_vat_number(number=NUMBER)
        run_jobs()
    assert register["asked"] == 1
    assert queries.vat_check(NUMBER) == "valid"


def test_an_old_answer_outlives_a_silence(register):
    looking_up.look_up_now(NUMBER)
    register["text"] = None
    assert looking_up.look_up_now(NUMBER) == "valid"


def test_nobody_is_asked_where_no_register_is_on_or_none_knows_the_country(register, settings):
    actions.look_up_vat_number(number="GB980780684")
    settings.NITKA_VAT_REGISTER = ""
    actions.look_up_vat_number(number=NUMBER)
    run_jobs()
    assert (register["asked"], looking_up.look_up_now(NUMBER)) == (0, "unknown")
