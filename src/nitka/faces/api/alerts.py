"""One mail when something can be had again."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view
from pydantic import Field

from nitka.faces.api.schemas import FALLBACK, REFUSALS, Language, Text
from nitka.ground.web.idempotency import idempotent
from nitka.ground.web.limits import rate_limit
from nitka.shelf.inventory import actions as inventory

router = Router()


class Wish(Schema):
    variant_id: UUID
    email: Text
    language: Language = FALLBACK


class Noted(Schema):
    token: str = Field(description="Takes the wish back; empty where this address waits already.")


class Leave(Schema):
    token: Text


class Left(Schema):
    forgotten: bool


@router.post("/alerts", response={201: Noted, **REFUSALS}, summary="Ask for one mail when a variant is back")
@rate_limit("alert", "10/m")
@decorate_view(idempotent)
def ask(request: HttpRequest, new: Wish) -> Any:
    token = inventory.ask_for_alert(variant_id=new.variant_id, email=new.email, language=new.language)
    return Status(201, Noted(token=token))


@router.post("/alerts/leave", response={200: Left, **REFUSALS}, summary="Take the wish back")
@rate_limit("alert", "30/m")
@decorate_view(idempotent)
def leave(request: HttpRequest, given: Leave) -> Any:
    return Left(forgotten=inventory.leave_alert(token=given.token))
