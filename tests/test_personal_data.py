"""Every table says what it holds of a person, what erasure does to it, and how it hangs on somebody."""

import pytest
from django.apps import apps
from django.db import connection

from nitka.ground.belongings import declaration, holdings

WHAT = ("erase", "anonymise", "keep: ")
# Libraries' tables too, and those that only join two others.
ALL = apps.get_models(include_auto_created=True)
OURS = [model for model in ALL if model.__module__.startswith("nitka.") and not model._meta.auto_created]
# Tables that are no model's: of Django, of the cache, of the queue. None holds more than a page or the name of a thing.
NO_MODELS = {"django_migrations", "web_cache"}
# Columns that hang a row on a person.
SOMEBODYS = {"customer", "customer_id", "user", "user_id", "evidence"}


@pytest.mark.parametrize("model", ALL, ids=lambda model: model._meta.label)
def test_it_declares_its_personal_data(model) -> None:
    declared = declaration(model)
    assert declared is not None, (
        f"{model._meta.label} needs `personal_data = {{…}}`, a library's table a `declares(…)` in a belongings.py"
    )
    fields = {field.name for field in model._meta.get_fields()}
    assert set(declared) <= fields, f"{set(declared) - fields} are no fields of {model._meta.label}"
    assert all(deed.startswith(WHAT) for deed in declared.values())


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_it_has_no_silent_personal_field(model) -> None:
    suspicious = {"email", "phone", "name", "address", "shipping_address", "billing_address", "birthday", "ip"}
    people = {"people", "sale", "care", "insight", "growth"}
    if model.__module__.split(".")[1] in people:
        named = {field.name for field in model._meta.fields} & suspicious
        assert named <= set(model.personal_data), f"{named - set(model.personal_data)} of {model._meta.label}"


@pytest.mark.parametrize("model", ALL, ids=lambda model: model._meta.label)
def test_it_says_whose_its_rows_are(model) -> None:
    """What can be erased can be found: `@belongs(…)` in the domain's belongings.py."""
    to_do = {name for name, deed in (declaration(model) or {}).items() if deed in ("erase", "anonymise")}
    hung = {field.name for field in model._meta.concrete_fields} & SOMEBODYS
    if (to_do or hung) and not model._meta.auto_created and model._meta.label not in NOT_FOUND_BY_PERSON:
        assert model._meta.label in holdings(), f"{model._meta.label}: {to_do | hung}, but nobody can find whose"


# Rows of the staff, or of nobody.
NOT_FOUND_BY_PERSON = {"customers.Erasure"}


def test_whatever_belongs_is_a_table() -> None:
    for label in holdings():
        apps.get_model(label)


@pytest.mark.django_db
def test_every_table_of_the_database_is_known() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace space ON space.oid = relnamespace"
            " WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname = 'public'"
        )
        tables = {name for (name,) in cursor.fetchall()}
    unknown = tables - {model._meta.db_table for model in ALL} - NO_MODELS
    assert not unknown, f"{unknown}: give each a model, which can say what it holds"
