"""Verbs of contact: the one way out."""

from nitka.people.contact.actions.deliver import deliver
from nitka.people.contact.actions.newsletter import (
    NewsletterProblem,
    confirm_newsletter,
    subscribe_newsletter,
    unsubscribe,
    unsubscribe_email,
)
from nitka.people.contact.actions.push import (
    PushRefused,
    PushWords,
    deliver_news,
    follow_by_push,
    forget_device,
    push_news,
    unfollow_push,
)
from nitka.people.contact.actions.send import Attachment, NoConsent, send_mail, set_sender

__all__ = [
    "Attachment",
    "NewsletterProblem",
    "NoConsent",
    "PushRefused",
    "PushWords",
    "confirm_newsletter",
    "deliver",
    "deliver_news",
    "follow_by_push",
    "forget_device",
    "push_news",
    "send_mail",
    "set_sender",
    "subscribe_newsletter",
    "unfollow_push",
    "unsubscribe",
    "unsubscribe_email",
]
