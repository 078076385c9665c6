"""What can be done with reviews and questions."""

from nitka.shelf.reviews.actions.aspects import put_aspects, set_rules
from nitka.shelf.reviews.actions.put import put_question, put_questions, put_review, put_reviews
from nitka.shelf.reviews.actions.summarise import summarise
from nitka.shelf.reviews.drafts import AnswerDraft, PutResult, QuestionDraft, ReviewDraft

__all__ = [
    "AnswerDraft", "PutResult", "QuestionDraft", "ReviewDraft", "put_aspects", "put_question", "put_questions",
    "put_review", "put_reviews", "set_rules", "summarise",
]  # fmt: skip
