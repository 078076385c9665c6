"""Verbs of contact: the one way out."""

from nitka.people.contact.actions.deliver import deliver
from nitka.people.contact.actions.newsletter import (
    NewsletterProblem,
    confirm_newsletter,
    subscribe_newsletter,
    unsubscribe,
    unsubscribe_email,
)
from nitka.people.contact.actions.send import Attachment, NoConsent, send_mail, set_sender

__all__ = [
    "Attachment",
    "NewsletterProblem",
    "NoConsent",
    "confirm_newsletter",
    "deliver",
    "send_mail",
    "set_sender",
    "subscribe_newsletter",
    "unsubscribe",
    "unsubscribe_email",
]
