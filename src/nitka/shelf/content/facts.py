"""What content tells."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class ShopChanged(Fact, kind="content.shop_changed", subject="shop"):
    """What the shop says of itself is another."""

    at: datetime
    shop: str = "shop"


@dataclass(frozen=True, kw_only=True)
class PageChanged(Fact, kind="content.page_changed", subject="page_id"):
    """A page was made or changed."""

    page_id: UUID
    slug: str


@dataclass(frozen=True, kw_only=True)
class MenuChanged(Fact, kind="content.menu_changed", subject="place"):
    """The links of the header or the footer are others."""

    place: str


@dataclass(frozen=True, kw_only=True)
class FormSubmitted(Fact, kind="content.form_submitted", subject="submission_id", whose="customer_id"):
    """Somebody filled in a form of the shop. What they wrote stays in the table."""

    submission_id: UUID
    form: str
    customer_id: UUID | None
