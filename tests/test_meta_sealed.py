"""Every sealed column is declared to the vault: one that is forgotten would stay with an old key for ever."""

from django.apps import apps
from django.db.models import BinaryField, Model

from core import vault

from .source import ROOMS


def sealed_fields(model: type[Model]) -> set[str]:
    return {
        field.name for field in model._meta.concrete_fields if isinstance(field, BinaryField) and field.name.endswith("_sealed")
    }


def test_every_sealed_column_is_declared_to_the_vault():
    declared = {table.model: {f"{column}_sealed" for column in table.columns} for table in vault.declared()}
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    assert {model: sealed_fields(model) for model in models if sealed_fields(model)} == declared


def test_what_is_declared_as_a_file_is_a_field():
    for table in vault.declared():
        assert set(table.files) <= {field.name for field in table.model._meta.concrete_fields}
