"""What can be done with reviews and questions."""

from nitka.shelf.reviews.actions.ask import (
    answer_as_buyer,
    answer_question,
    ask_question,
    confirm_question,
    publish_answer,
    publish_question,
    refuse_answer,
    refuse_question,
)
from nitka.shelf.reviews.actions.aspects import put_aspects, set_rules
from nitka.shelf.reviews.actions.comments import (
    Said,
    draw_comment_pictures,
    publish_comment,
    refuse_comment,
    write_comment,
)
from nitka.shelf.reviews.actions.invite import invite, leave_invitations, send_invitations
from nitka.shelf.reviews.actions.moderate import answer_review, draw_pictures, publish_review, refuse_review
from nitka.shelf.reviews.actions.put import put_question, put_questions, put_review, put_reviews
from nitka.shelf.reviews.actions.summarise import rank_all, summarise
from nitka.shelf.reviews.actions.translate import translate_reviews
from nitka.shelf.reviews.actions.vote import VOTES_OF_ONE_ADDRESS, vote, voter_of
from nitka.shelf.reviews.actions.write import Written, add_pictures, write_review
from nitka.shelf.reviews.drafts import AnswerDraft, PutResult, QuestionDraft, ReviewDraft

__all__ = [
    "VOTES_OF_ONE_ADDRESS",
    "AnswerDraft", "PutResult", "QuestionDraft", "ReviewDraft", "Said", "Written", "add_pictures", "answer_as_buyer",
    "answer_question", "answer_review", "ask_question", "confirm_question", "draw_comment_pictures", "draw_pictures",
    "invite", "leave_invitations", "publish_answer", "publish_comment", "publish_question", "publish_review",
    "put_aspects", "put_question", "put_questions", "put_review", "put_reviews", "rank_all", "refuse_answer",
    "refuse_comment", "refuse_question", "refuse_review", "send_invitations", "set_rules", "summarise",
    "translate_reviews", "vote", "voter_of", "write_comment", "write_review",
]  # fmt: skip
