"""What wishes tell."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class ProductWished(Fact, kind="wishes.product_wished", subject="product_id", whose="customer_id"):
    """A product was put on a wish list; nobody's name is known where it is a browser's."""

    product_id: UUID
    customer_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class WishNewsWritten(Fact, kind="wishes.news_written", subject="customer_id", whose="customer_id"):
    """A mail told somebody that so many things on their lists cost less, and so many can be had again."""

    customer_id: UUID
    cheaper: int
    back: int
