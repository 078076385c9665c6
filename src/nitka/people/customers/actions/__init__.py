"""Verbs of customers."""

from nitka.people.customers.actions.addresses import (
    AddressProblem,
    NotYourAddress,
    change_address,
    check_address,
    delete_address,
    save_address,
)
from nitka.people.customers.actions.consent import PURPOSES, choose_consents, record_consent
from nitka.people.customers.actions.erasure import ErasureProblem, NoCustomer, erase_customer
from nitka.people.customers.actions.evidence import EvidenceRow, LinkRow, record
from nitka.people.customers.actions.export import Exported, export_customer
from nitka.people.customers.actions.identity import EmailProblem, check_email, link_user, recognise
from nitka.people.customers.actions.import_customers import import_customers
from nitka.people.customers.actions.told import ToldProblem, check_phone, set_name, set_preferences, tell_us
from nitka.people.customers.finding import keep_findable
from nitka.people.customers.history import CustomersOutcome, ImportedCustomer

__all__ = [
    "PURPOSES",
    "AddressProblem",
    "CustomersOutcome",
    "EmailProblem",
    "ErasureProblem",
    "EvidenceRow",
    "Exported",
    "ImportedCustomer",
    "LinkRow",
    "NoCustomer",
    "NotYourAddress",
    "ToldProblem",
    "change_address",
    "check_address",
    "check_email",
    "check_phone",
    "choose_consents",
    "delete_address",
    "erase_customer",
    "export_customer",
    "import_customers",
    "keep_findable",
    "link_user",
    "recognise",
    "record",
    "record_consent",
    "save_address",
    "set_name",
    "set_preferences",
    "tell_us",
]
