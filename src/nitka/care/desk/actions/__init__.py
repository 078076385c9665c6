"""Verbs of desk."""

from nitka.care.desk.actions.answer import answer
from nitka.care.desk.actions.ask import Asked, Question, ask
from nitka.care.desk.actions.steer import close_conversation, link_order, reopen_conversation, set_cause
from nitka.care.desk.actions.take_in import TakenIn, take_in_mail
from nitka.care.desk.files import File
from nitka.care.desk.problems import (
    AnswerProblem,
    AskProblem,
    MailRefused,
    MeanwhileProblem,
    NoSuchConversation,
    TooLargeMail,
    TooManyMails,
)

__all__ = [
    "AnswerProblem",
    "AskProblem",
    "Asked",
    "File",
    "MailRefused",
    "MeanwhileProblem",
    "NoSuchConversation",
    "Question",
    "TakenIn",
    "TooLargeMail",
    "TooManyMails",
    "answer",
    "ask",
    "close_conversation",
    "link_order",
    "reopen_conversation",
    "set_cause",
    "take_in_mail",
]
