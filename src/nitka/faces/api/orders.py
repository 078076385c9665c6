"""Orders, for whoever holds their token."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from nitka.faces.api.order_opening import opened
from nitka.faces.api.order_shapes import Order, shown
from nitka.faces.api.schemas import FALLBACK, REFUSALS, Language
from nitka.ground.web.limits import rate_limit

router = Router()


@router.get("/orders/{code}", response={200: Order, **REFUSALS}, summary="An order and what became of it")
@rate_limit("order-read", "120/m", store="memory")
def order(request: HttpRequest, code: str, token: str, language: Language = FALLBACK) -> Any:
    return shown(opened(code, token))
