"""Companies: the list, and one with who acts for it and what they all did."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import is_live, typed
from nitka.faces.backoffice.pages import page
from nitka.faces.backoffice.views.agreements import of_company
from nitka.faces.backoffice.views.customer import fragment, news, story
from nitka.people.customers import queries as customers
from nitka.people.thread import queries as thread

MOST = 200


@require_GET
@staff("customers.view")
def show(request: HttpRequest) -> HttpResponse:
    """Companies by name, or those that were looked for."""
    found = customers.companies(typed(request), limit=MOST)
    return page(request, "backoffice/companies.html", {"companies": found, "most": MOST})


@require_GET
@staff("customers.view")
def one(request: HttpRequest, company_id: UUID) -> HttpResponse:
    """The page of a company: its people, and their threads as one."""
    company = customers.company(company_id)
    if company is None:
        raise Http404
    parties = thread.parties_of_company(company_id)
    if is_live(request):
        return fragment(request, parties)
    people = [known for id_ in customers.people_of(company_id) if (known := customers.customer(id_))]
    context = {"company": company, "people": people, **of_company(company_id), **story(request, parties)}
    return page(request, "backoffice/company.html", context)


@require_GET
@staff("customers.view")
def since(request: HttpRequest, company_id: UUID) -> HttpResponse:
    """What came to the company's thread since the cursor of an open page."""
    return news(request, thread.parties_of_company(company_id))
