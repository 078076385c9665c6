"""Reviews and questions: the queue of what waits for a look, one at a time, and the merchant's rules."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nitka.faces.backoffice.deeds import actor_id, do
from nitka.faces.backoffice.guard import staff
from nitka.faces.backoffice.lists import see_other, typed
from nitka.faces.backoffice.pages import here, page
from nitka.ground.locale import LANGUAGE_NAMES, pick
from nitka.shelf.catalog import queries as catalog
from nitka.shelf.reviews import actions as reviews
from nitka.shelf.reviews import queries as known

MAY = ("messages.answer", "catalog.edit")
STATES = ("waiting", "published", "refused")


@require_GET
@staff(*MAY)
def show(request: HttpRequest) -> HttpResponse:
    """Reviews, those that wait first."""
    return _list(request, "reviews")


@require_GET
@staff(*MAY)
def questions(request: HttpRequest) -> HttpResponse:
    """Questions, those that wait first."""
    return _list(request, "questions")


def _list(request: HttpRequest, kind: str) -> HttpResponse:
    state = request.GET.get("state", STATES[0])
    stars, number = request.GET.get("stars", ""), request.GET.get("page", "1")
    listed = known.queue(
        kind, state=state if state in STATES else "", words=typed(request),
        stars=int(stars) if stars in ("1", "2", "3", "4", "5") else 0,
        page=int(number) if number.isdecimal() and len(number) < 6 else 1,
    )  # fmt: skip
    words = {"waiting": _("To look at"), "published": _("Shown"), "refused": _("Refused"), "all": _("All")}
    waiting = known.waiting()[kind]
    tabs = [
        {"label": label, "href": here(request, state=None if each == "waiting" else each, page=None),
         "count": waiting if each == "waiting" else None, "current": each == state, "key": each}
        for each, label in words.items()
    ]  # fmt: skip
    context = {
        "kind": kind, "list": listed, "tabs": tabs, "state": state, "tongues": LANGUAGE_NAMES,
        "before": here(request, page=listed.page - 1) if listed.page > 1 else "",
        "after": here(request, page=listed.page + 1) if listed.page < listed.pages else "",
    }  # fmt: skip
    return page(request, "backoffice/opinions.html", context)


@require_GET
@staff(*MAY)
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """One review, with what can be done."""
    found = known.review(review_id)
    if found is None:
        raise Http404
    return page(request, "backoffice/opinion_review.html", {"review": found, **_about(request, found.product_id)})


@require_POST
@staff(*MAY)
def review_deed(request: HttpRequest, review_id: UUID, deed: str) -> HttpResponse:
    """Publish, refuse or answer a review, and go on to the next that waits."""
    text = request.POST.get("text", "")
    acts: dict[str, tuple[Any, str]] = {
        "publish": (lambda: reviews.publish_review(review_id=review_id), _("The review is shown.")),
        "refuse": (lambda: reviews.refuse_review(review_id=review_id, reason=text), _("The review is not shown.")),
        "answer": (
            lambda: reviews.answer_review(review_id=review_id, answer=text, author=actor_id(request)),
            _("The answer stands below the review."),
        ),
    }
    if deed not in acts:
        raise Http404
    act, said = acts[deed]
    done = do(request, act, verb=f"review.{deed}", subject=str(review_id), said=said)
    if deed == "answer" or not done.done:
        return see_other(reverse("back:opinion-review", args=[review_id]))
    return see_other(_next("reviews", "back:opinion-review", "back:opinions"))


@require_GET
@staff(*MAY)
def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question with its answers, and what can be done."""
    found = known.question(question_id)
    if found is None:
        raise Http404
    return page(request, "backoffice/opinion_question.html", {"question": found, **_about(request, found.product_id)})


@require_POST
@staff(*MAY)
def question_deed(request: HttpRequest, question_id: UUID, deed: str) -> HttpResponse:
    """Answer, show or refuse a question; show or refuse a buyer's answer."""
    text = request.POST.get("text", "")
    acts: dict[str, tuple[Any, str]] = {
        "answer": (
            lambda: reviews.answer_question(question_id=question_id, body=text, author=actor_id(request)),
            _("Question and answer are shown, and the asker gets a mail."),
        ),
        "publish": (lambda: reviews.publish_question(question_id=question_id), _("The question is shown.")),
        "refuse": (lambda: reviews.refuse_question(question_id=question_id, reason=text), _("It is not shown.")),
        "answer-publish": (lambda: reviews.publish_answer(answer_id=_answer(request)), _("The answer is shown.")),
        "answer-refuse": (lambda: reviews.refuse_answer(answer_id=_answer(request)), _("It is not shown.")),
    }
    if deed not in acts:
        raise Http404
    act, said = acts[deed]
    done = do(request, act, verb=f"question.{deed.replace('-', '_')}", subject=str(question_id), said=said)
    if not done.done:
        return see_other(reverse("back:opinion-question", args=[question_id]))
    return see_other(_next("questions", "back:opinion-question", "back:questions"))


def _answer(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("answer", ""))
    except ValueError:
        raise Http404 from None


def _next(kind: str, one: str, all_of_them: str) -> str:
    waiting = known.queue(kind).items
    return reverse(one, args=[waiting[0].item.id]) if waiting else reverse(all_of_them)


def _about(request: HttpRequest, product_id: UUID) -> dict[str, Any]:
    source = catalog.product(product_id)
    language: str = request.language  # type: ignore[attr-defined]
    return {
        "title": pick(source.title, language) if source else "", "tongues": LANGUAGE_NAMES,
        "path": f"/{language}/p/{pick(source.slug, language) or source.handle}/" if source else "",
        "aspects": {each.code: each.name for each in known.aspects_for(source.category_ids)} if source else {},
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@staff("settings.edit")
def rules(request: HttpRequest) -> HttpResponse:
    """Who may write, what waits for a look, whom we ask and when."""
    if request.method != "POST":
        return page(request, "backoffice/opinion_rules.html", {"rules": known.rules()})
    days = request.POST.get("invite_after_days", "")
    do(
        request,
        lambda: reviews.set_rules(
            open_to_all="open_to_all" in request.POST, look_first="look_first" in request.POST,
            invite=request.POST.get("invite", ""), invite_after_days=int(days) if days.isdecimal() else -1,
        ),
        verb="reviews.rules", said=_("The rules are saved; they hold within seconds."),
    )  # fmt: skip
    return see_other(reverse("back:opinion-rules"))
