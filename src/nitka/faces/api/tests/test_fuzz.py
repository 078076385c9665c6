"""The whole API under schemathesis: whatever is sent, no 5xx, and every answer is one that OpenAPI names."""

from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from nitka.faces.api.v1 import api
from nitka.people.accounts import actions as accounts
from nitka.people.accounts import queries as people
from nitka.people.accounts.tests.makers import staff

CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
OPERATIONS = [
    (path, method) for path, methods in api.get_openapi_schema()["paths"].items() for method in sorted(methods)
]


@pytest.fixture(autouse=True)
def keep_the_connection():
    """The real application closes its connection after each request; the test's transaction lives on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_no_request_breaks_it(shop, path, method) -> None:
    schema = the_schema()
    is_merchants = "/admin/" in path
    headers = {"Authorization": f"Bearer {a_token()}"} if is_merchants else {}

    @given(case=schema[path][method].as_strategy())
    @settings(
        max_examples=10 if is_merchants else 25, deadline=None, database=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def send(case) -> None:
        case.call_and_validate(checks=CHECKS, headers=headers)

    send()


@cache
def the_schema() -> Any:
    """Read once: it is long by now."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


def a_token() -> str:
    _id, token = accounts.make_api_token(user_id=staff("owner").id, name="fuzz", scopes=people.PERMISSIONS)
    return token
