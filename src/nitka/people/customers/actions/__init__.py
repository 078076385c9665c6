"""Verbs of customers."""

from nitka.people.customers.actions.addresses import (
    AddressProblem,
    NotYourAddress,
    change_address,
    check_address,
    delete_address,
    save_address,
)
from nitka.people.customers.actions.companies import (
    CompanyProblem,
    join_company,
    leave_company,
    make_company,
    take_company,
)
from nitka.people.customers.actions.consent import PURPOSES, choose_consents, record_consent
from nitka.people.customers.actions.erasure import ErasureProblem, NoCustomer, erase_customer
from nitka.people.customers.actions.evidence import EvidenceRow, LinkRow, record
from nitka.people.customers.actions.export import Exported, export_customer
from nitka.people.customers.actions.identity import EmailProblem, check_email, link_user, recognise
from nitka.people.customers.actions.import_customers import import_customers
from nitka.people.customers.actions.labels import LabelProblem, set_labels
from nitka.people.customers.actions.people import (
    PeopleProblem,
    dismiss_suggestion,
    link,
    merge,
    part_evidence,
    see,
    undo_link,
)
from nitka.people.customers.actions.settling import settle_links
from nitka.people.customers.actions.told import (
    ToldProblem,
    check_phone,
    set_name,
    set_preferences,
    take_traits,
    tell_us,
)
from nitka.people.customers.finding import keep_findable
from nitka.people.customers.history import CustomersOutcome, ImportedCustomer

__all__ = [
    "PURPOSES",
    "AddressProblem",
    "CompanyProblem",
    "CustomersOutcome",
    "EmailProblem",
    "ErasureProblem",
    "EvidenceRow",
    "Exported",
    "ImportedCustomer",
    "LabelProblem",
    "LinkRow",
    "NoCustomer",
    "NotYourAddress",
    "PeopleProblem",
    "ToldProblem",
    "change_address",
    "check_address",
    "check_email",
    "check_phone",
    "choose_consents",
    "delete_address",
    "dismiss_suggestion",
    "erase_customer",
    "export_customer",
    "import_customers",
    "join_company",
    "keep_findable",
    "leave_company",
    "link",
    "link_user",
    "make_company",
    "merge",
    "part_evidence",
    "recognise",
    "record",
    "record_consent",
    "save_address",
    "see",
    "set_labels",
    "set_name",
    "set_preferences",
    "settle_links",
    "take_company",
    "take_traits",
    "tell_us",
    "undo_link",
]
