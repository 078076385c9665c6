"""One customer: who it is, what happened, what they ordered and allowed."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nitka.faces.backoffice import shown_thread
from nitka.faces.backoffice.deeds import do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import is_live, see_other
from nitka.faces.backoffice.pages import here, page
from nitka.faces.backoffice.shown_orders import NOT_YET, shown_all
from nitka.faces.backoffice.views.identities import roles
from nitka.ground.web.pages import template
from nitka.insight.profiles import queries as profiles
from nitka.people.customers import actions as customer_actions
from nitka.people.customers import queries as customers
from nitka.people.thread import queries as thread
from nitka.sale.orders import queries as orders

MOST_ORDERS = 8


@require_GET
@staff("customers.view")
def one(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """The page of a customer; an older id of the same person leads to it."""
    known = customers.customer(customer_id)
    if known is None:
        raise Http404
    if known.id != customer_id:
        return HttpResponseRedirect(reverse("back:customer", kwargs={"customer_id": known.id}))
    parties = thread.parties_of(known.id)
    if is_live(request):
        return fragment(request, parties)
    return page(
        request, "backoffice/customer.html",
        {"customer": known, **story(request, parties), **panels(request, known)},
    )  # fmt: skip


@require_GET
@staff("customers.view")
def since(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """What came to the customer's thread since the cursor of an open page."""
    return news(request, thread.parties_of(customer_id))


@require_POST
@staff("customers.edit")
def labels(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Put labels on a customer."""
    known = customers.customer(customer_id)
    if known is None:
        raise Http404
    wanted = request.POST.get("labels", "").split(",")
    do(
        request, lambda: customer_actions.set_labels(customer_id=customer_id, labels=wanted), verb="customer.labels",
        subject=known.code, said=_("The labels are saved."),
    )  # fmt: skip
    return see_other(reverse("back:customer", kwargs={"customer_id": known.id}))


@require_GET
@staff("customers.view")
def visitor(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """Somebody who was here and is nobody's customer yet; once we know who it was, this leads to them."""
    if owner := customers.owners_of([evidence_id]).get(evidence_id):
        return HttpResponseRedirect(reverse("back:customer", kwargs={"customer_id": owner}))
    parties = thread.of_evidence([evidence_id])
    if is_live(request):
        return fragment(request, parties)
    return page(request, "backoffice/visitor.html", {"evidence_id": evidence_id, **story(request, parties)})


@require_GET
@staff("customers.view")
def visitor_since(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """What a visitor did since the cursor of an open page; one who was recognised meanwhile is asked for anew."""
    if customers.owners_of([evidence_id]).get(evidence_id):
        return JsonResponse({"anew": True, "cursor": ""})
    return news(request, thread.of_evidence([evidence_id]))


def story(request: HttpRequest, parties: thread.Parties) -> dict[str, Any]:
    """The thread and the cursor that its page goes on from; older pages stand still."""
    # The cursor is taken before the rows are read: what comes in between is then told twice and never lost.
    cursor = "" if request.GET.get("before") else thread.since_of(parties)
    return {"story": shown_thread.page_of(request, parties), "cursor": cursor}


def fragment(request: HttpRequest, parties: thread.Parties) -> HttpResponse:
    """Earlier pages of a thread, to be put below what is there."""
    shown = shown_thread.page_of(request, parties)
    return HttpResponse(_drawn(request, shown) + str(_macro("earlier")(shown, lambda **new: here(request, **new))))


def news(request: HttpRequest, parties: thread.Parties) -> HttpResponse:
    """What came since the cursor: the newest part of the thread drawn anew, and which of it is fresh."""
    _show, kinds, bots = shown_thread.chosen(request)
    said = thread.thread_since(parties, request.GET.get("cursor", ""), kinds, bots=bots)
    answer: dict[str, Any] = {"cursor": said.cursor, "anew": said.anew}
    if said.items and not said.anew:
        shown = shown_thread.page_of(request, parties, last=request.GET.get("last", ""))
        answer |= {"html": _drawn(request, shown), "fresh": [item.id for item in said.items], "last": shown["last"]}
    return JsonResponse(answer)


def panels(request: HttpRequest, known: customers.CustomerView) -> dict[str, Any]:
    """What stands beside the thread."""
    rows = orders.order_rows().filter(customer_id__in=customers.customer_ids_of(known.id)).exclude(status__in=NOT_YET)
    found = list(rows.order_by("-placed_at", "-pk")[: MOST_ORDERS + 1])
    return {
        "orders": shown_all(found[:MOST_ORDERS], request.language),  # type: ignore[attr-defined]
        "more_orders": len(found) > MOST_ORDERS,
        "addresses": customers.addresses_of(known.id),
        "occasions": customers.occasions_of(known.id),
        "consents": customers.consents_of_customer(known.id),
        "profile": profiles.profile_of(known.id),
        "suggestions": customers.suggestions(known.id, limit=3),
        "companies": customers.companies_of(known.id),
        "labels": customers.labels_of(known.id),
        "roles": roles(),
        "order_href": lambda code: reverse("back:order", kwargs={"code": code}),
    }


def _drawn(request: HttpRequest, shown: dict[str, Any]) -> str:
    return str(_macro("knots")(shown["days"]))


def _macro(name: str) -> Any:
    return getattr(template("backoffice/story.html").module, name)
