"""Questions about delivery: what it costs, when it comes, where it is, and which promises were kept."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from nitka.ground import clock
from nitka.sale.shipping import offering, parcels, planning, points, providers, rating
from nitka.sale.shipping.calendars import working_day
from nitka.sale.shipping.customs.asking import (
    crosses_border,
    customs_number,
    customs_terms,
    customs_terms_rows,
    duties,
    duty_rows,
    forbidden,
    forbidden_rows,
    territory_rows,
)
from nitka.sale.shipping.customs.estimating import Duties, Goods
from nitka.sale.shipping.customs.papers import Consignment, DeclaredGoods, customs_pdf, declaration_for
from nitka.sale.shipping.customs.papers import missing as missing_for_customs
from nitka.sale.shipping.models import DeliveryOption, Label, Manifest, Pickup, PickupPoint, Shipment, SourcingRule
from nitka.sale.shipping.offering import Asked, OptionView, PointView
from nitka.sale.shipping.parcels import PromiseView, ShipmentView, TrackingView, cause_text, tracking_text, view_of
from nitka.sale.shipping.performance import Kept, kept_by
from nitka.sale.shipping.planning import ParcelPlan, Plan, Sourcing
from nitka.sale.shipping.promises import Origin, Promise, Speed
from nitka.sale.shipping.providers import CarrierRate, RateQuestion
from nitka.sale.shipping.rules import NOTHING, Load

__all__ = [
    "CarrierRate", "Consignment", "DeclaredGoods", "Duties", "Goods", "Kept", "Load", "OptionView", "ParcelPlan",
    "Plan", "PointView", "Promise", "PromiseView", "RateQuestion", "ShipmentView", "Sourcing", "Speed", "TrackingView",
    "cause_text", "crosses_border", "customs_number", "customs_pdf", "customs_terms", "customs_terms_rows",
    "declaration_for", "duties", "duty_rows", "forbidden", "forbidden_rows", "kept_by", "missing_for_customs",
    "territory_rows", "tracking_text", "view_of",
]  # fmt: skip


def options(
    *, country: str, postcode: str = "", market: str, goods_minor: int = 0, weight_g: int = 0, at: datetime,
    load: Load = NOTHING, ask: bool = False,
) -> tuple[OptionView, ...]:  # fmt: skip
    """What can be chosen for that place, market and basket at that moment, in the merchant's order.

    `goods_minor` decides over free delivery and `weight_g` over what is too heavy; `load` says all of it at once, and
    more. Same-day options appear only before their cut-off and in their postcodes. Names are in the active language.
    No query while the options are fresh (two seconds), one where a carrier calculates a price. With `ask` a carrier
    may be asked, outside of a transaction and for less than a second; else its last answer counts, or the table.
    """
    if load is NOTHING:
        load = Load(weight_g=weight_g, goods_minor=goods_minor)
    return offering.offered(Asked(country, postcode, market, load, at), ask=ask)


def option(
    code: str, *, country: str, postcode: str = "", market: str, goods_minor: int = 0, weight_g: int = 0, at: datetime,
    load: Load = NOTHING,
) -> OptionView | None:  # fmt: skip
    """One option by its code, or None where it is not to be had now."""
    views = options(
        country=country, postcode=postcode, market=market, goods_minor=goods_minor, weight_g=weight_g, at=at, load=load
    )
    return next((view for view in views if view.code == code), None)


def asks_for_labels() -> bool:
    """Whether any option looks at the labels of a customer. No query while fresh."""
    return any(not {"labels", "not_labels"}.isdisjoint(each.rules) for each in offering.known().options)


def best_promise(*, country: str, market: str, at: datetime) -> OptionView | None:
    """For a product page: the option that arrives first anywhere in that country, the cheapest of equals."""
    views = options(country=country, market=market, at=at)
    return min(views, key=lambda view: (view.promise.day_to, view.price_minor), default=None)


def speed_of(code: str) -> Speed | None:
    """How fast an option is on any day: working days of packing and of the way. No query while options are fresh."""
    return next((each.speed for each in offering.known().options if each.code == code), None)


def free_delivery_from(*, country: str, market: str) -> int | None:
    """The lowest amount of goods, in minor units, from which some delivery to that country is free."""
    asked = Asked(country, "", market, NOTHING, clock.now())
    amounts = [
        each.free_from[market]
        for each in offering.known().options
        if market in each.free_from and offering.fits(each, asked)
    ]
    return min(amounts, default=None)


def origin(country: str = "") -> Origin:
    """Where parcels to that country leave: the place that its sourcing rule likes best, else the first by code."""
    return offering.known().origin_for(country)


def sourcing(country: str) -> Sourcing:
    """From which places orders to that country leave, and whether they may be split."""
    return offering.known().rule_for(country)


def plan(
    lines: Mapping[UUID, int], stock: Mapping[str, Mapping[UUID, int]], rule: Sourcing | None = None
) -> Plan:  # fmt: skip
    """The parcels of these pieces (variant → pieces) from stock by location and variant: see `planning.plan`."""
    return planning.plan(lines, stock, rule)


def soonest(code: str, *, country: str, at: datetime) -> date:
    """The last day on which a parcel of that option arrives that leaves its place at that moment's next evening."""
    return offering.soonest(code, country, at)


def working_day_after(day: date, country: str) -> date:
    """The next day on which parcels come in that country."""
    return working_day(day + timedelta(days=1), country)


def option_rows() -> QuerySet[DeliveryOption]:
    """All options, for the back office."""
    return DeliveryOption.objects.order_by("position", "code")


def sourcing_rows() -> QuerySet[SourcingRule]:
    """The sourcing rules in their order, for the back office."""
    return SourcingRule.objects.order_by("position", "id")


def carriers() -> dict[str, str]:
    """Carriers that can be chosen: code → name. A demonstration can be chosen in a demo alone."""
    return {
        code: each.name for code, each in providers.found().items() if not each.is_demo or settings.NITKA_DEMO
    }  # fmt: skip


def labelling(liked: str = "") -> str:
    """The carrier that makes a label: the liked one where it can, else the first that can; "" where none does."""
    able = [code for code in carriers() if code != providers.BY_HAND]
    return liked if liked in able else next(iter(able), "")


def carrier_names() -> dict[str, str]:
    """All carriers that there are: code → name."""
    return {code: each.name for code, each in providers.found().items()}


def ask_rates(question: RateQuestion) -> list[tuple[str, CarrierRate]]:
    """What all carriers that answer within seconds ask for such a parcel, the cheapest on top. Asks them now: for the
    back office, outside of a transaction."""
    return rating.ask_all(question)


def points_near(*, carrier: str, country: str, postcode: str, most: int = 8) -> tuple[PointView, ...]:
    """The carrier's pick-up points by nearness of their postcodes. One query."""
    return points.near(carrier, country, postcode, most)


def point(*, carrier: str, code: str) -> PointView | None:
    """One pick-up point, if it is open."""
    return points.one(carrier, code)


def point_rows() -> QuerySet[PickupPoint]:
    """Pick-up points for the back office."""
    return PickupPoint.objects.order_by("carrier", "country", "plain")


def shipments_of(reference: UUID) -> tuple[ShipmentView, ...]:
    """The parcels of a reference, oldest first, with their tracking steps in the active language. Two queries."""
    return parcels.of_reference(reference)


def labelled_of(reference: UUID) -> tuple[ShipmentView, ...]:
    """The parcels of a reference that have a label, whatever became of it. One query."""
    return parcels.with_labels(reference)


def promises_of(reference: UUID) -> tuple[PromiseView, ...]:
    """All promises of a reference with source and moment, oldest first; the last one counts. One query."""
    return parcels.promises(reference)


def label_pdf(shipment_id: UUID) -> bytes | None:
    """The label of a parcel, once it is made."""
    found = Label.objects.filter(shipment_id=shipment_id, state="made").values_list("pdf", flat=True).first()
    return bytes(found) if found else None


def label_trouble(shipment_id: UUID) -> str:
    """Why the carrier refused to make the label of a parcel, in the carrier's words; "" where it did not."""
    return Label.objects.filter(shipment_id=shipment_id, state="failed").values_list("trouble", flat=True).first() or ""


def label_rows() -> QuerySet[Label]:
    """Labels with their parcels, without the papers, the newest on top."""
    return Label.objects.select_related("shipment").defer("pdf").order_by("-asked_at")


def manifest_rows() -> QuerySet[Manifest]:
    """Manifests without their papers, the newest on top."""
    return Manifest.objects.defer("pdf").order_by("-made_at")


def manifest_pdf(manifest_id: UUID) -> bytes | None:
    """The paper that the driver signs."""
    found = Manifest.objects.filter(id=manifest_id).values_list("pdf", flat=True).first()
    return bytes(found) if found else None


def pickup_rows() -> QuerySet[Pickup]:
    """Pickups that were asked for, the newest on top."""
    return Pickup.objects.order_by("-on", "carrier")


def parcel_rows() -> QuerySet[Shipment]:
    """Parcels for the back office, the newest on top."""
    return Shipment.objects.order_by("-shipped_at", "-id")


def late_rows(today: date) -> QuerySet[Shipment]:
    """Parcels on their way whose promise is broken or will be, the oldest promise on top."""
    on_way = Shipment.objects.filter(state="shipped", reverse=False)
    return (
        on_way.filter(promised_on__lt=today) | on_way.filter(expected_on__isnull=False)
    ).order_by("promised_on", "id")  # fmt: skip


def forget() -> None:
    """Read the options anew at the next question."""
    offering.known.forget()
    rating.forget()
