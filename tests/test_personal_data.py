"""Every table says what it holds of a person, and what erasure does to it."""

import pytest
from django.apps import apps

WHAT = ("erase", "anonymise", "keep: ")
OURS = [model for model in apps.get_models() if model.__module__.startswith("nitka.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_it_declares_its_personal_data(model) -> None:
    declared = model.__dict__.get("personal_data")
    assert declared is not None, f"{model._meta.label} needs `personal_data = {{…}}`"
    fields = {field.name for field in model._meta.get_fields()}
    assert set(declared) <= fields, f"{set(declared) - fields} are no fields of {model._meta.label}"
    assert all(deed.startswith(WHAT) for deed in declared.values())


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_it_has_no_silent_personal_field(model) -> None:
    suspicious = {"email", "phone", "name", "address", "shipping_address", "billing_address", "birthday", "ip"}
    people = {"people", "sale"}
    if model.__module__.split(".")[1] in people:
        named = {field.name for field in model._meta.fields} & suspicious
        assert named <= set(model.personal_data), f"{named - set(model.personal_data)} of {model._meta.label}"
