"""Customers and addresses for tests."""

from uuid import UUID

from nitka.people.customers import actions as customers
from nitka.people.customers.queries import PostalAddress

WARSAW = PostalAddress(
    name="Zofia Nowak", line1="ul. Marszałkowska 10/5", postcode="00-590", city="Warszawa", country="PL",
    phone="22 555 01 23",
)  # fmt: skip
OSLO = PostalAddress(name="Kari Nordmann", line1="Storgata 1", postcode="0155", city="Oslo", country="NO")
YEREVAN = PostalAddress(name="Անի Պետրոսյան", line1="Աբովյան 12", postcode="0001", city="Երևան", country="AM")


def customer(email: str = "zofia@example.com", language: str = "pl", market: str = "pl", name: str = "") -> UUID:
    return customers.recognise(email=email, language=language, market=market, name=name)
