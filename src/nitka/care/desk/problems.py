"""How desk says no."""

from nitka.ground.problem import Problem


class AskProblem(Problem):
    """Fields of a question are missing or make no sense; `detail["errors"]` says which."""

    code = "question_invalid"
    status = 422


class AnswerProblem(Problem):
    """There is nothing to send, or nowhere to send it."""

    code = "answer_invalid"
    status = 422


class MeanwhileProblem(Problem):
    """Somebody wrote since the page was drawn; who answers now has not read it."""

    code = "conversation_moved_on"


class NoSuchConversation(Problem):
    """There is no such conversation."""

    code = "conversation_unknown"
    status = 404


class MailRefused(Problem):
    """This mail is not taken in, now or ever; mail servers are told so and keep it."""

    code = "mail_refused"
    status = 422


class TooLargeMail(MailRefused):
    """Larger than we take in."""

    code = "mail_too_large"
    status = 413


class TooManyMails(MailRefused):
    """So many from one address within an hour that a machine is at work."""

    code = "mail_flood"
    status = 429
