"""What contact tells."""

from dataclasses import dataclass
from uuid import UUID

from nitka.ground.facts.contract import Fact


@dataclass(frozen=True, kw_only=True)
class MailWritten(Fact, kind="contact.mail_written", subject="mail_id", whose="customer_id"):
    """A mail to somebody was written; it is on its way or lies in the mailbox."""

    mail_id: UUID
    customer_id: UUID | None
    template: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class MailFailed(Fact, kind="contact.mail_failed", subject="mail_id", whose="customer_id"):
    """The other side refused a mail for good, or all tries were in vain."""

    mail_id: UUID
    customer_id: UUID | None
    template: str


@dataclass(frozen=True, kw_only=True)
class PushFollowed(Fact, kind="contact.push_followed", subject="topic", whose="customer_id"):
    """A browser asked for news of `topic` ("order:<id>") on its device."""

    topic: str
    customer_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class PushNewsWritten(Fact, kind="contact.push_news_written", subject="topic", whose="customer_id"):
    """News of `topic` are on their way to so many devices of somebody."""

    topic: str
    customer_id: UUID | None
    devices: int


@dataclass(frozen=True, kw_only=True)
class NewsletterConfirmed(Fact, kind="contact.newsletter_confirmed", subject="subscription_id", whose="customer_id"):
    """Somebody who asked for the newsletter proved that the address is theirs."""

    subscription_id: UUID
    source: str
    customer_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class NewsletterLeft(Fact, kind="contact.newsletter_left", subject="subscription_id", whose="customer_id"):
    """Somebody wants no more newsletters."""

    subscription_id: UUID
    customer_id: UUID | None = None
