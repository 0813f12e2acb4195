"""Fields that belong together are bound together in the database: who did something, and when."""

from collections.abc import Iterable, Mapping

import pytest
from django.apps import apps
from django.db.models import BaseConstraint, CheckConstraint, Model, Q

from .source import ROOMS


def unbound_pairs(nullable: Mapping[str, bool], constraints: Iterable[BaseConstraint]) -> list[str]:
    """Stems with `stem_at` and `stem_by` of which one may be empty, and no check constraint that names both."""
    checked = [names_in(constraint.condition) for constraint in constraints if isinstance(constraint, CheckConstraint)]
    stems = [name.removesuffix("_at") for name in nullable if name.endswith("_at")]
    stems = [stem for stem in stems if f"{stem}_by" in nullable]
    loose = [stem for stem in stems if nullable[f"{stem}_at"] or nullable[f"{stem}_by"]]
    return [stem for stem in loose if not any({f"{stem}_at", f"{stem}_by"} <= names for names in checked)]


def names_in(condition: object) -> set[str]:
    """The fields that a condition speaks of."""
    if isinstance(condition, Q):
        return set().union(*(names_in(child) for child in condition.children))
    return {condition[0].split("__")[0]} if isinstance(condition, tuple) else set()


def own_models() -> list[type[Model]]:
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


def test_who_and_when_are_set_together():
    found = {}
    for model in own_models():
        # A blank default ("") for a text "by" is as empty as NULL.
        nullable = {field.name: field.null or field.get_internal_type() == "CharField" for field in model._meta.concrete_fields}
        if loose := unbound_pairs(nullable, model._meta.constraints):
            found[model.__name__] = loose
    assert found == {}


def pair(*names: str) -> list[BaseConstraint]:
    empty, filled = ({f"{name}__isnull": value for name in names} for value in (True, False))
    return [CheckConstraint(condition=Q(**empty) | Q(**filled), name="pair")]


@pytest.mark.parametrize(
    ("nullable", "constraints", "found"),
    [
        ({"closed_at": True, "closed_by": True}, [], ["closed"]),
        ({"closed_at": True, "closed_by": True}, pair("closed_at"), ["closed"]),
        ({"closed_at": True, "closed_by": True}, pair("closed_at", "opened_by"), ["closed"]),
        ({"closed_at": True, "closed_by": True}, pair("closed_at", "closed_by"), []),
        ({"closed_at": False, "closed_by": True}, [], ["closed"]),
        ({"closed_at": False, "closed_by": False}, [], []),
        ({"closed_at": True}, [], []),
    ],
)
def test_a_loose_pair_is_found(nullable, constraints, found):
    assert unbound_pairs(nullable, constraints) == found
