"""The people of the tests. Everyone has one name and one story, so that a test can be read without looking them up."""

from dataclasses import dataclass

from nitka.people.customers.queries import PostalAddress


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    language: str
    market: str
    address: PostalAddress


# Buys for herself, in Gdańsk.
ANNA = Person(
    "Anna Nowak", "anna@example.com", "pl", "pl",
    PostalAddress(name="Anna Nowak", line1="ul. Długa 5", postcode="80-001", city="Gdańsk", country="PL",
                  phone="+48512345678"),
)  # fmt: skip

# Buys for an office in Oslo.
NORDLYS = Person(
    "Kari Berg", "kari@nordlys.example", "nb", "no",
    PostalAddress(name="Kari Berg", company="Nordlys AS", line1="Storgata 1", postcode="0155", city="Oslo",
                  country="NO", phone="+4722334455"),
)  # fmt: skip

# Nobody's customer; wants to see what is not theirs.
STRANGER = Person(
    "Max Fremd",
    "stranger@example.org",
    "en",
    "eu",
    PostalAddress(name="Max Fremd", line1="Hauptstraße 1", postcode="10115", city="Berlin", country="DE"),
)

# Looks round on a phone, and buys on a laptop.
LENA = Person(
    "Lena Brandt",
    "lena@example.com",
    "en",
    "eu",
    PostalAddress(name="Lena Brandt", line1="Lindenallee 8", postcode="50968", city="Köln", country="DE"),
)

# Sends back, exchanges, changes their mind.
NORA = Person(
    "Nora Klein",
    "nora@example.com",
    "en",
    "eu",
    PostalAddress(name="Nora Klein", line1="Rosenweg 4", postcode="50733", city="Köln", country="DE"),
)

# Who works here: e-mail and role.
OWNER = ("olga@shop.example", "owner")
MANAGER = ("maria@shop.example", "manager")
AGENT = ("adam@shop.example", "agent")
WAREHOUSE = ("wojtek@shop.example", "warehouse")

# How each language's shopper writes an address, for journeys in all six.
SHOPPERS = {
    "en": Person("John Smith", "john@example.com", "en", "us",
                 PostalAddress(name="John Smith", line1="350 Fifth Avenue", postcode="10118", city="New York",
                               region="NY", country="US", phone="+12125551234")),
    "bg": Person("Иван Петров", "ivan@example.com", "bg", "eu",
                 PostalAddress(name="Иван Петров", line1="ул. Шипка 3", postcode="1504", city="София", country="BG",
                               phone="+359881234567")),
    "hy": Person("Անի Պետրոսյան", "ani@example.com", "hy", "am",
                 PostalAddress(name="Անի Պետրոսյան", line1="Աբովյան 12", postcode="0001", city="Երևան", country="AM",
                               phone="+37499123456")),
    "nb": NORDLYS,
    "pl": ANNA,
    "ru": Person("Мария Иванова", "maria@example.com", "ru", "ru",
                 PostalAddress(name="Мария Иванова", line1="ул. Тверская, 7", postcode="125009", city="Москва",
                               region="Москва", country="RU", phone="+79161234567")),
}  # fmt: skip
