"""Questions about a product: all of them, asking one, proving one's address, answering as a buyer."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nitka.faces.storefront import reviews as shown
from nitka.faces.storefront.order_access import private
from nitka.faces.storefront.page import show
from nitka.faces.storefront.posted import me_of, refuse_machines
from nitka.faces.storefront.review_pages import MESSAGE, pager, product_of
from nitka.ground.problem import Problem
from nitka.ground.web import public
from nitka.ground.web.limits import rate_limit
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import queries as known


@require_safe
@public.public_page("page")
def listing(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """All questions about a product with their answers, one's own language first, and the form to ask one."""
    product = product_of(request, language, slug)
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < 5 else 1
    listed = known.questions_of(product_id=product.product_id, language=language, page=page)
    names = (f"product:{product.product_id}", f"questions:{product.product_id}")
    public.shown(request, *names, *(f"answers:{each.id}" for each in listed.items))
    context = shown.reviews_part(product, language) | {
        "product": product,
        "questions": [shown.question(asdict(each), language) for each in listed.items],
        "pages": pager(listed, lambda n: request.path + (f"?page={n}" if n > 1 else "")),
    }  # fmt: skip
    return show(request, "storefront/reviews/questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit("ask_product", "30/h", posts_only=True)
def ask(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Keep a question; a stranger's waits for a click in a mail."""
    product = product_of(request, language, slug)
    me = me_of(request)
    values = {name: request.POST.get(name, "").strip() for name in ("body", "email", "nickname")}
    context: dict[str, Any] = {"product": product, "me": me, "values": values, "errors": {}}
    if request.method != "POST":
        return private(show(request, "storefront/reviews/ask.html", context))
    try:
        refuse_machines(request)
        reviews.ask_question(
            product_id=product.product_id, body=values["body"], email=values["email"][:320], language=language,
            nickname=values["nickname"], customer_id=me.id if me and me.email else None,
        )  # fmt: skip
    except Problem as problem:
        context["errors"] = problem.detail.get("errors") or {"email": problem.message}
        return private(show(request, "storefront/reviews/ask.html", context, status=problem.status))
    if me and me.email:
        title, text = _("Thank you for your question"), _("We write to you when it is answered.")
    else:
        title = _("One more click")
        text = _("We have sent you a mail. Please open its link, so that we know where to send the answer.")
    return private(show(request, MESSAGE, {"title": title, "text": text, "confirm": ""}))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, language: str) -> HttpResponse:
    """The link of the mail. Opening it changes nothing, for programs open links too; its button does."""
    token = request.GET.get("token", "")[:60]
    if request.method != "POST":
        context = {"title": _("Is this your question?"), "confirm": _("Yes, this is my question"),
                   "text": _("We answer it here in the shop, and write to you then.")}  # fmt: skip
    elif reviews.confirm_question(token=token):
        context = {"title": _("Thank you for your question"), "confirm": "",
                   "text": _("We write to you when it is answered.")}  # fmt: skip
    else:
        context = {"title": _("This link does not work"), "text": _("Please copy the whole link."), "confirm": ""}
    return private(show(request, MESSAGE, context))


@require_POST
@rate_limit("answer", "20/h")
def answer(request: HttpRequest, language: str, question_id: UUID) -> HttpResponse:
    """Keep a buyer's answer to somebody's question."""
    me = me_of(request)
    try:
        if me is None:
            raise Problem(_("Sign in first."))
        reviews.answer_as_buyer(
            question_id=question_id, body=request.POST.get("body", ""), customer_id=me.id,
            nickname=request.POST.get("nickname", ""),
        )  # fmt: skip
    except Problem as problem:
        context = {"title": _("We could not keep your answer"), "text": problem.message, "confirm": ""}
        return private(show(request, MESSAGE, context, status=problem.status))
    context = {"title": _("Thank you for your answer"), "text": _("We read it, and then it is shown."), "confirm": ""}
    return private(show(request, MESSAGE, context))
