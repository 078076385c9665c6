"""Places where parcels are fetched."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from nitka.faces.api.schemas import REFUSALS, Country, PickupPoint, Text
from nitka.ground.web.limits import rate_limit
from nitka.sale.shipping import queries as shipping

router = Router()


@router.get("/pickup-points", response={200: list[PickupPoint], **REFUSALS}, summary="Pick-up points near a postcode")
@rate_limit("points", "120/m", store="memory")
def near(request: HttpRequest, carrier: Text, country: Country, postcode: Text = "") -> Any:
    return [
        PickupPoint.from_orm(each)
        for each in shipping.points_near(carrier=carrier, country=country, postcode=postcode, most=20)
    ]
