"""What desk learns of people, and asks about them."""

from uuid import UUID

from nitka.people.customers import actions as customers
from nitka.people.customers import queries as known

CLAIMED, GIVEN = 0, 1


def who_typed(*, email: str, language: str, market: str, name: str, device: str) -> UUID:
    """The customer of an address that somebody typed as their own, as in checkout.

    The browser it was typed in is linked as claimed: whoever types an address proves nothing.
    """
    customer_id = customers.recognise(email=email, language=language, market=market, name=name)
    if device:
        customers.link(
            first=("device", device), second=("email", email), reason="channel", trust=CLAIMED, source="contact form"
        )
    return customer_id


def who_mailed(*, email: str, language: str, proved: bool) -> UUID:
    """The customer of the address that a mail names; somebody new where nobody has it.

    A From is a claim. Who held a mail that we sent to this very address gave it.
    """
    customers.see(kind="email", value=email, standing=GIVEN if proved else CLAIMED, source="mail to us")
    found = known.customer_by_email(email)
    return found.id if found else customers.recognise(email=email, language=language, market="")


def all_ids_of(customer_id: UUID) -> list[UUID]:
    """The ids under which we ever knew this customer."""
    return list(known.customer_ids_of(customer_id))


def address_evidence(email: str) -> UUID:
    """The evidence id of an address."""
    return known.evidence_id("email", email)
