"""Questions about products, and their answers."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.ground import clock
from nitka.ground.facts.actions import tell
from nitka.ground.locale import FALLBACK, LANGUAGES, pick
from nitka.people.contact import actions as contact
from nitka.people.customers import actions as customers
from nitka.people.customers import queries as known
from nitka.shelf.content import queries as content
from nitka.shelf.reviews import tasks
from nitka.shelf.reviews.actions.locking import locked
from nitka.shelf.reviews.checking import AT_MOST, cleaned
from nitka.shelf.reviews.facts import QuestionAnswered
from nitka.shelf.reviews.models import Answer, Invitation, Question, State
from nitka.shelf.reviews.problems import NotInvited, QuestionProblem

__all__ = [
    "answer_as_buyer", "answer_question", "ask_question", "confirm_question", "publish_answer", "publish_question",
    "refuse_answer", "refuse_question",
]  # fmt: skip

LEAST = 8  # letters
MOST_OPEN = 10


@transaction.atomic
def ask_question(
    *, product_id: UUID, body: str, email: str = "", nickname: str = "", language: str = FALLBACK,
    customer_id: UUID | None = None,
) -> UUID:  # fmt: skip
    """Keep a question about a product. A signed-in customer's waits for its answer; anybody else's waits for a click
    in a mail to `email` first, so that nobody is written to who did not ask.

    Raises QuestionProblem with `errors` by field, customers' EmailProblem, and for an address with many open ones.
    """
    text = cleaned(body, AT_MOST["body"])
    if len(text) < LEAST:
        raise QuestionProblem(_("Write what you want to know."), errors={"body": _("Write what you want to know.")})
    me = known.customer(customer_id) if customer_id else None
    address = (me.email if me and me.email else "") or customers.check_email(email=email)
    if Question.objects.filter(email=address, state__in=[State.UNPROVED, State.WAITING]).count() >= MOST_OPEN:
        raise QuestionProblem(_("You have asked much already. We answer those questions first."))
    row = Question.objects.create(
        product_id=product_id, customer_id=customer_id, email=address, body=text,
        nickname=cleaned(nickname, AT_MOST["nickname"]), language=language if language in LANGUAGES else FALLBACK,
        state=State.WAITING if me else State.UNPROVED,
    )  # fmt: skip
    if not me:
        # Without a word of the question: whoever asks names the address, and it may be anybody's.
        _mail(row, "question_confirm", {"question": "", "link": f"/{row.language}/questions/confirm?token={row.token}"})
    return row.id


@transaction.atomic
def confirm_question(*, token: str) -> bool:
    """The address of a question is proved by its mail's link. Returns False for a token that opens nothing."""
    row = Question.objects.select_for_update().filter(token=token).first() if token else None
    if row is None:
        return False
    if row.state == State.UNPROVED:
        Question.objects.filter(id=row.id).update(state=State.WAITING)
    return True


@transaction.atomic
def answer_question(*, question_id: UUID, body: str, author: UUID | None = None) -> UUID:
    """Answer as the shop: question and answer are shown to all, and the asker gets a mail.

    Raises QuestionProblem for an answer without words, and for a question that was refused meanwhile.
    """
    row = _open(question_id)
    return _publish(row, _answer(row, body, by=Answer.By.SHOP, author=author, state=State.PUBLISHED))


@transaction.atomic
def answer_as_buyer(*, question_id: UUID, body: str, customer_id: UUID, nickname: str = "") -> UUID:
    """Answer as somebody who got the product from us; the shop looks at it before it is shown.

    Raises NotInvited for who did not.
    """
    row = _locked(question_id)
    own = known.proved_ids_of(customer_id)
    if not Invitation.objects.filter(product_id=row.product_id, customer_id__in=own).exists():
        raise NotInvited(_("Only who bought this here may answer."))
    answer = _answer(row, body, by=Answer.By.BUYER, customer_id=customer_id, nickname=nickname, state=State.WAITING)
    return answer.id


@transaction.atomic
def publish_answer(*, answer_id: UUID) -> bool:
    """Show a buyer's answer, and tell the asker. Returns whether that was news.

    Raises QuestionProblem where the question was refused: nobody would see the answer, or a refused question would.
    """
    found = locked(Answer, answer_id, _("There is no such answer."))
    row = _open(found.question_id)
    if found.state == State.PUBLISHED:
        return False
    Answer.objects.filter(id=found.id).update(state=State.PUBLISHED)
    _publish(row, found)
    return True


@transaction.atomic
def refuse_answer(*, answer_id: UUID) -> None:
    """Do not show an answer (any more)."""
    found = locked(Answer, answer_id, _("There is no such answer."))
    Answer.objects.filter(id=found.id).update(state=State.REFUSED)
    tasks.count_later(_locked(found.question_id).product_id)


@transaction.atomic
def publish_question(*, question_id: UUID) -> None:
    """Show a question that has no answer yet, for buyers to answer."""
    row = _locked(question_id)
    Question.objects.filter(id=row.id).update(state=State.PUBLISHED, reason="")
    tasks.count_later(row.product_id)


@transaction.atomic
def refuse_question(*, question_id: UUID, reason: str) -> None:
    """Do not show a question (any more), and keep why. Raises QuestionProblem without a reason."""
    why = cleaned(reason, 300)
    if not why:
        raise QuestionProblem(_("Say why it is refused; the asker reads it."))
    row = _locked(question_id)
    Question.objects.filter(id=row.id).update(state=State.REFUSED, reason=why)
    tasks.count_later(row.product_id)


def _answer(row: Question, body: str, **values: Any) -> Answer:
    text = cleaned(body, AT_MOST["body"])
    if not text:
        raise QuestionProblem(_("Write an answer."), errors={"body": _("Write an answer.")})
    values["nickname"] = cleaned(values.get("nickname", ""), AT_MOST["nickname"])
    return Answer.objects.create(question=row, body=text, created_at=clock.now(), **values)


def _publish(row: Question, answer: Answer) -> UUID:
    Question.objects.filter(id=row.id).update(state=State.PUBLISHED, reason="")
    tell(
        QuestionAnswered(
            question_id=row.id, answer_id=answer.id, product_id=row.product_id, customer_id=row.customer_id,
            by=answer.by,
        )
    )  # fmt: skip
    tasks.count_later(row.product_id)
    if row.email and not row.demo:
        _mail(row, "question_answered", {"answer": answer.body, "by": answer.by})
    return answer.id


def _mail(row: Question, name: str, context: dict[str, Any]) -> None:
    columns = ("product__title", "product__slug", "product__handle")
    title, slug, handle = Question.objects.filter(id=row.id).values_list(*columns).get()
    path = f"/{row.language}/p/{pick(slug, row.language) or handle}/"
    contact.send_mail(
        to=row.email, language=row.language, template=f"reviews/mail/{name}", customer_id=row.customer_id,
        context={"title": pick(title, row.language), "path": path, "question": row.body, **context},
        reply_to=content.shop().email,
    )  # fmt: skip


def _locked(question_id: UUID) -> Question:
    return locked(Question, question_id, _("There is no such question."))


def _open(question_id: UUID) -> Question:
    """The question, to be answered in sight of all."""
    row = _locked(question_id)
    if row.state == State.REFUSED:
        raise QuestionProblem(_("This question was refused, so its answers are not shown. Show the question first."))
    return row
