"""The customer's addresses, each by the rules of its country."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nitka.faces.storefront.account_guard import signed_in
from nitka.faces.storefront.page import show
from nitka.faces.storefront.visitors import HOME_COUNTRY
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as people
from nitka.people.customers.queries import CustomerView, PostalAddress
from nitka.shelf.pricing import queries as pricing


@require_safe
@signed_in
def listing(request: HttpRequest, language: str, me: CustomerView) -> HttpResponse:
    """All addresses, the one used last first."""
    saved = people.addresses_of(me.id)
    names = dict(people.countries(tuple(sorted({each.address.country for each in saved})), language))
    context = {"me": me, "saved": saved, "countries": names, "here": "account_addresses"}
    return show(request, "storefront/account/addresses.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, language: str, me: CustomerView, address_id: UUID | None = None) -> HttpResponse:
    """Add an address, or change one. Choosing another country shows its fields and keeps what was typed."""
    address = _given(request, me, address_id)
    if request.method != "POST" or request.POST.get("step") == "country":
        return _form(request, language, address, address_id, {})
    try:
        if address_id is None:
            customers.save_address(customer_id=me.id, address=address)
        else:
            customers.change_address(customer_id=me.id, address_id=address_id, address=address)
    except customers.AddressProblem as problem:
        return _form(request, language, address, address_id, problem.fields, status=422)
    return HttpResponseRedirect(reverse("account_addresses", args=[language]), status=303)


@require_POST
@signed_in
def delete(request: HttpRequest, language: str, me: CustomerView, address_id: UUID) -> HttpResponse:
    """Forget an address."""
    customers.delete_address(customer_id=me.id, address_id=address_id)
    return HttpResponseRedirect(reverse("account_addresses", args=[language]), status=303)


def _given(request: HttpRequest, me: CustomerView, address_id: UUID | None) -> PostalAddress:
    if request.method == "POST":
        return PostalAddress.from_dict(request.POST.dict())
    if address_id is None:
        return PostalAddress(name=me.name, country=_first_country(request), phone=me.phone)
    found = next((each.address for each in people.addresses_of(me.id) if each.id == address_id), None)
    if found is None:
        raise Http404
    return found


def _first_country(request: HttpRequest) -> str:
    market = next((each for each in pricing.markets() if each.code == request.market), None)  # type: ignore[attr-defined]
    home = HOME_COUNTRY.get(request.language, "")  # type: ignore[attr-defined]
    if market is None:
        return home
    return home if home in market.countries else market.default_country


def _form(
    request: HttpRequest, language: str, address: PostalAddress, address_id: UUID | None, errors: dict[str, str],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    codes = tuple(sorted({country for market in pricing.markets() for country in market.countries}))
    country = address.country.upper() if address.country.upper() in codes else next(iter(codes), "PL")
    context = {
        "address": address.as_dict(), "address_id": address_id, "errors": errors, "country": country,
        "countries": people.countries(codes or (country,), language), "fields": people.address_form(country, language),
        "here": "account_addresses",
    }  # fmt: skip
    return show(request, "storefront/account/address.html", context, status=status)
