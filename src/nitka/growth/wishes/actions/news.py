"""Writing to those who asked what became of their wishes: by day, once a day, one mail for all of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from nitka.ground import clock, locale
from nitka.ground.facts.actions import tell
from nitka.growth.wishes.facts import WishNewsWritten
from nitka.growth.wishes.models import Wish, WishList
from nitka.growth.wishes.noticing import is_cheaper
from nitka.growth.wishes.standing import Standing, key_of, standing
from nitka.people.contact import actions as contact
from nitka.people.customers import queries as customers
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.inventory import queries as inventory

DAY_BEGINS, DAY_ENDS = 8, 20
MOST_IN_A_MAIL = 12
AT_ONCE = 200
# A mail about one variant that went out so shortly before the wish was looked at told of the same coming back.
SAME_NEWS = timedelta(hours=1)
TEMPLATE = "wishes/mail/news"
_UNTOLD = Q(cheaper_at__isnull=False) | Q(back_at__isnull=False)


def write_news() -> int:
    """Write the mails that are due and may be written at this hour of the shop's day. Returns how many persons it
    looked at; none are left at 0. Each person is a transaction of its own."""
    here = clock.local(clock.now(), _zone())
    if not DAY_BEGINS <= here.hour < DAY_ENDS:
        return 0
    morning = here.replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Wish.objects.filter(_UNTOLD, list__tells=True, list__customer__isnull=False)
    told = WishList.objects.filter(told_at__gte=morning, customer__isnull=False).values("customer_id")
    due = rows.exclude(list__customer_id__in=told).order_by("list__customer_id")
    customer_ids = list(due.values_list("list__customer_id", flat=True).distinct()[:AT_ONCE])
    for customer_id in customer_ids:
        _write(customer_id, morning)
    return len(customer_ids)


def _zone() -> str:
    """That of the shop's first place: where its people sleep, and most of its customers."""
    return next((each.zone for each in inventory.locations() if each.zone), "UTC")


@transaction.atomic
def _write(customer_id: UUID, morning: datetime) -> None:
    lists = list(WishList.objects.select_for_update().filter(customer_id=customer_id).order_by("id"))
    if any(each.told_at and each.told_at >= morning for each in lists):
        return  # another worker was quicker
    rows = list(Wish.objects.select_for_update().filter(_UNTOLD, list__in=[each.id for each in lists if each.tells]))
    first: dict[UUID, Wish] = {}
    for row in sorted(rows, key=lambda each: (each.added_at, each.id)):
        first.setdefault(row.product_id, row)  # on two lists, and told once
    chosen = list(first.values())[:MOST_IN_A_MAIL]
    me = customers.customer(customer_id)
    news = _news(chosen, me.language, me.email) if me and me.email else []
    _keep(lists, chosen, news)
    if not news or me is None:
        return
    WishList.objects.filter(id__in=[each.id for each in lists]).update(told_at=clock.now())
    leave = f"/{me.language}/wishes/leave?token={lists[0].leave_token}"
    contact.send_mail(
        to=me.email, language=me.language, template=TEMPLATE, customer_id=me.id,
        context={"news": news, "leave": leave}, leave_path=leave,
    )  # fmt: skip
    cheaper = sum(bool(each["now"]) for each in news)
    tell(WishNewsWritten(customer_id=me.id, cheaper=cheaper, back=sum(bool(each["back"]) for each in news)))


def _keep(lists: Sequence[WishList], chosen: Sequence[Wish], news: Sequence[dict[str, Any]]) -> None:
    """These are news no more, and the price that is told is what the next one is measured by, on each list."""
    theirs = Wish.objects.filter(list__in=[each.id for each in lists])
    theirs.filter(product_id__in=[row.product_id for row in chosen]).update(cheaper_at=None, back_at=None)
    for each in news:
        if each["now"]:
            theirs.filter(product_id=each["product_id"], market=each["market"]).update(said_minor=each["minor"])


def _news(rows: Sequence[Wish], language: str, email: str) -> list[dict[str, Any]]:
    """What is still true of it, in words."""
    now = {market: standing(map(key_of, rows), market) for market in {row.market for row in rows}}
    products = {each.id: each for each in catalog.product_source([row.product_id for row in rows])}
    variants = catalog.variants([row.variant_id for row in rows if row.variant_id])
    alerted = _told_by_alert(rows, email)
    found = []
    for row in rows:
        product, variant = products.get(row.product_id), variants.get(row.variant_id) if row.variant_id else None
        is_back = row.back_at is not None and row.id not in alerted
        said = _said(row, now[row.market][key_of(row)], language, back=is_back)
        if product is None or product.status != "published" or said is None:
            continue
        slug = locale.pick(product.slug, language)
        picture = variant.image if variant else next((each for each in product.media if each.kind == "picture"), None)
        found.append({
            "product_id": product.id, "market": row.market, "title": locale.pick(product.title, language),
            "options": locale.pick(variant.option_text, language) if variant else "",
            "path": f"/{language}/p/{slug}/" + (f"?variant={variant.sku}" if variant else ""),
            "picture": picture.file if picture else "", **said,
        })  # fmt: skip
    return found


def _told_by_alert(rows: Sequence[Wish], email: str) -> set[UUID]:
    """Of these wishes those of which a mail about one variant, asked for on its page, tells that they are back."""
    back = {row.id: row for row in rows if row.back_at is not None}
    own = catalog.variants_of({row.product_id for row in back.values()}) if back else {}
    wanted = {
        id_: {each.id for each in own.get(row.product_id, ()) if row.variant_id in (None, each.id)}
        for id_, row in back.items()
    }
    since = min((row.back_at for row in back.values() if row.back_at), default=None)
    if since is None:
        return set()
    told = inventory.alerted(email, set().union(*wanted.values()), since - SAME_NEWS)
    return {id_ for id_, variants in wanted.items() if variants & told}


def _said(row: Wish, now: Standing, language: str, *, back: bool) -> dict[str, Any] | None:
    """The price before and now, where it fell; that it is back, where it was gone; None where neither is so now."""
    back = back and now.there
    cheaper = row.cheaper_at is not None and now.there and is_cheaper(row, now.minor)
    known = row.price_minor if row.said_minor is None else row.said_minor
    if cheaper and known is not None and now.minor is not None:
        before, after = (locale.format_money(minor, now.currency, language) for minor in (known, now.minor))
        return {"before": before, "now": after, "minor": now.minor, "back": back}
    return {"before": "", "now": "", "minor": None, "back": True} if back else None
