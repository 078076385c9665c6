"""How reviews and questions hang on a person. Stars stay, for the counts; words, name and pictures go."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nitka.ground.belongings import Party, StandIns, belongs, erases
from nitka.shelf.reviews import picture_files, tasks
from nitka.shelf.reviews.models import (
    Answer,
    Comment,
    CommentUpload,
    Invitation,
    Question,
    Review,
    Silence,
    Upload,
    Vote,
)


@belongs("reviews.Review", _("Your reviews"), secret=["key"])
def reviews(party: Party) -> QuerySet[Review]:
    """Those of the customer, and those that came by the link of a mail to them while nobody knew whose it was."""
    invited = Invitation.objects.filter(email__in=party.emails, review__customer=None).values("review_id")
    return Review.objects.filter(Q(customer_id__in=party.ids) | Q(id__in=invited)).order_by("created_at", "id")


@erases("reviews.Review")
def empty_reviews(party: Party, stand_ins: StandIns) -> int:
    """A review without words is not listed any more; its stars still count, and name nobody."""
    rows = list(reviews(party))
    Upload.objects.filter(review__in=rows).delete()
    for row in rows:
        picture_files.forget(row.pictures)
        row.key = stand_ins.text(Review._meta.get_field("key"))
        row.customer_id, row.pictures, row.topics, row.translations = None, [], [], {}
        row.nickname = row.title = row.body = row.answer = row.reason = ""
        row.save()
    _count_again({row.product_id for row in rows})
    return len(rows)


@belongs("reviews.Upload", _("Pictures of your reviews"), delete=True)
def uploads(party: Party) -> QuerySet[Upload]:
    return Upload.objects.filter(review__in=reviews(party).order_by())


@belongs("reviews.Vote", _("Reviews that you found helpful"), delete=True)
def votes(party: Party) -> QuerySet[Vote]:
    return Vote.objects.filter(voter__in=[*party.ids, *party.evidence])


@belongs("reviews.Invitation", _("Products that you may review"), delete=True)
def invitations(party: Party) -> QuerySet[Invitation]:
    return Invitation.objects.filter(Q(customer_id__in=party.ids) | Q(email__in=party.emails))


@belongs("reviews.Silence", _("That you want no invitations to review"), delete=True)
def silences(party: Party) -> QuerySet[Silence]:
    return Silence.objects.filter(email__in=party.emails)


@belongs("reviews.Question", _("Your questions about products"), secret=["key", "token"])
def questions(party: Party) -> QuerySet[Question]:
    found = Q(customer_id__in=party.ids) | Q(email__in=party.emails)
    return Question.objects.filter(found).order_by("created_at", "id")


@erases("reviews.Question")
def delete_questions(party: Party, stand_ins: StandIns) -> int:
    """Theirs go with all answers, which mean nothing without them."""
    rows = list(questions(party))
    Question.objects.filter(id__in=[row.id for row in rows]).delete()
    answered = list(answers(party).values_list("question__product_id", flat=True))
    _count_again({row.product_id for row in rows} | set(answered))
    return len(rows)


@belongs("reviews.Answer", _("Your answers to questions of others"), delete=True)
def answers(party: Party) -> QuerySet[Answer]:
    return Answer.objects.filter(customer_id__in=party.ids)


@belongs("reviews.CommentUpload", _("Pictures of your comments"), delete=True)
def comment_uploads(party: Party) -> QuerySet[CommentUpload]:
    return CommentUpload.objects.filter(comment__customer_id__in=party.ids)


@belongs("reviews.Comment", _("Your comments"))
def comments(party: Party) -> QuerySet[Comment]:
    return Comment.objects.filter(customer_id__in=party.ids).order_by("created_at", "id")


@erases("reviews.Comment")
def delete_comments(party: Party, stand_ins: StandIns) -> int:
    """They go with the files of their pictures."""
    rows = list(comments(party))
    for row in rows:
        picture_files.forget(row.pictures)
    Comment.objects.filter(id__in=[row.id for row in rows]).delete()
    return len(rows)


def _count_again(product_ids: Iterable[UUID]) -> None:
    """By a job, for what pages show of them is a copy that its own domain writes anew."""
    for each in product_ids:
        tasks.count_later(each)
