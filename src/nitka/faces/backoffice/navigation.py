"""The navigation: few sections, each with the pages that belong to it, without what this person may not open."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from nitka.people.accounts import queries as accounts


@dataclass(frozen=True)
class Link:
    """One entry. `key`: the letter that goes there after a g."""

    label: str
    href: str
    current: bool
    key: str = ""


@dataclass(frozen=True)
class Navigation:
    """`sections` are seen everywhere, `parts` on the pages of one section; `spare` are only keys."""

    sections: tuple[Link, ...] = ()
    spare: tuple[Link, ...] = ()
    parts: tuple[Link, ...] = ()


# Where a page lies whose address does not begin as its section's does.
_UNDER = {
    "orders": ("review/", "papers/"),
    "warehouse": ("carriers/",),
    "money": ("gift-cards/",),
    "opinions": ("questions/", "comments/", "social/mentions/"),
    "products": ("prices/", "collections/", "categories/"),
    "customers": ("companies/", "visitors/", "quotes/"),
    "seo": ("feeds/", "social/", "settings/promotions/"),
    "settings": ("staff/", "audit/", "collection/", "system/"),
}


def navigation(request: HttpRequest) -> Navigation:
    """The navigation of the page that is asked for."""
    if not getattr(request.user, "is_staff", False):
        return Navigation()
    current = _section_of(request.path)
    sections = tuple(
        Link(label, reverse(f"back:{name}"), name == current, key)
        for label, name, key, needed in _sections()
        if _can(request, needed)
    )
    spare = tuple(
        Link(label, reverse(f"back:{name}"), False, key)
        for label, name, key, needed in _behind_settings()
        if _can(request, needed)
    )
    return Navigation(sections, spare, _parts(request))


def _can(request: HttpRequest, needed: tuple[str, ...]) -> bool:
    return not needed or any(accounts.can(request.user, each) for each in needed)


def _section_of(path: str) -> str:
    """The section in which an address lies: of two that hold it, the one that says it more exactly."""
    home = reverse("back:home")
    if path == home:
        return "home"
    begins = [(each, name) for name, more in _UNDER.items() for each in more]
    begins += [(reverse(f"back:{name}").removeprefix(home), name) for _label, name, _key, _needed in _sections()]
    return max(((len(each), name) for each, name in begins if each and path.startswith(home + each)), default=(0, ""))[
        1
    ]


def _sections() -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [
        (_("Today"), "home", "h", ()),
        (_("Orders"), "orders", "o", ("orders.view",)),
        (_("Returns"), "cases", "r", ("orders.view",)),
        (_("Messages"), "messages", "m", ("messages.answer",)),
        (_("Reviews"), "opinions", "v", ("messages.answer", "catalog.edit")),
        (_("Customers"), "customers", "c", ("customers.view",)),
        (_("Products"), "products", "p", ()),
        (_("Stock"), "stock", "s", ()),
        (_("Warehouse"), "warehouse", "w", ("orders.ship",)),
        (_("Content"), "contents", "t", ("settings.edit",)),
        (_("Marketing"), "seo", "k", ("catalog.edit",)),
        (_("Money"), "money", "n", ("orders.cancel",)),
        (_("Settings"), "settings", "e", ("settings.edit",)),
    ]


def _behind_settings() -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [
        (_("Staff"), "staff", "f", ("staff.edit",)),
        (_("Audit"), "audit", "a", ("audit.view",)),
        (_("Data collection"), "collection", "l", ("settings.edit",)),
        (_("System"), "system", "y", ("facts.retry",)),
        (_("Carriers"), "carriers", "i", ("orders.view",)),
    ]


def _parts(request: HttpRequest) -> tuple[Link, ...]:
    """The pages beside this one, where it is one of several of its section; else none."""
    for family in _families():
        known = [(label, reverse(f"back:{name}")) for label, name, needed in family if _can(request, needed)]
        if len(known) > 1 and any(address == request.path for _label, address in known):
            return tuple(Link(label, address, address == request.path) for label, address in known)
    return ()


def _families() -> list[list[tuple[str, str, tuple[str, ...]]]]:
    view, cancel = ("orders.view",), ("orders.cancel",)
    count, opinions = ("catalog.edit", "orders.ship"), ("messages.answer", "catalog.edit")
    return [
        [(_("All orders"), "orders", view), (_("To look at"), "review", view), (_("Invoices"), "papers", view)],
        [(_("To pack"), "warehouse", ("orders.ship",)), (_("Carriers"), "carriers", view)],
        [
            (_("Books"), "money", cancel), (_("Bank statements"), "statements", cancel),
            (_("Refunds by hand"), "refunds", cancel), (_("Gift cards"), "gift-cards", ("settings.edit",)),
        ],
        [
            (_("Goods"), "products", ()), (_("Prices"), "prices", ()),
            (_("Categories"), "categories", ("catalog.edit",)), (_("Collections"), "collections", ("catalog.edit",)),
        ],
        [
            (_("Reviews"), "opinions", opinions), (_("Questions"), "questions", opinions),
            (_("Comments"), "comments", opinions), (_("Mentions"), "mentions", opinions),
        ],
        [
            (_("Found by search engines"), "seo", ("catalog.edit",)), (_("Feeds"), "feeds", ("catalog.edit",)),
            (_("Social posts"), "social", ("catalog.edit",)), (_("Promotions"), "promotions", ("settings.edit",)),
        ],
        [
            (_("Levels"), "stock", ()), (_("Running low"), "stock-low", count),
            (_("Purchase orders"), "buying", count), (_("On the way"), "inbound", count),
            (_("Suppliers"), "suppliers", ("catalog.edit",)), (_("Unsold"), "stock-dead", count),
        ],
        [
            (_("Pages"), "contents", ("settings.edit",)), (_("Menus"), "menus", ("settings.edit",)),
            (_("Pictures"), "content-pictures", ("settings.edit",)), (_("Forms"), "forms", ("settings.edit",)),
            (_("Check of texts"), "text-checks", ("settings.edit", "catalog.edit")),
        ],
        [(_("People"), "customers", ("customers.view",)), (_("Companies"), "companies", ("customers.view",))],
    ]  # fmt: skip
