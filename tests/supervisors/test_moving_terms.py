"""The migration that gives terms a table of their own keeps what was there."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps

from core import numbering
from supervisors.models import Supervisor, Term
from tests.factories import supervisor

pytestmark = pytest.mark.django_db
migration = import_module("supervisors.migrations.0005_roster_and_duties")


class _Before:
    """The roster as it was, with a term's columns in each row."""

    def __init__(self, rows):
        self.rows = rows
        self.objects = self

    def order_by(self, _name):
        return self.rows

    def get_model(self, app, name):
        return self if name == "Supervisor" else apps.get_model(app, name)


def test_each_entry_becomes_a_first_term_and_numbers_go_on():
    rows = [supervisor(), supervisor()]
    Term.objects.all().delete()
    for row, number in zip(rows, ("清效督聘〔2026〕007 号", "旧证"), strict=True):
        row.__dict__ |= {"term_since": date(2026, 1, 1), "term_until": date(2027, 1, 1), "certificate_number": number}
    migration.move_terms(_Before(rows), SimpleNamespace())
    assert list(Term.objects.order_by("pk").values_list("certificate_number", "since")) == [
        ("清效督聘〔2026〕007 号", date(2026, 1, 1)),
        ("旧证", date(2026, 1, 1)),
    ]
    assert len(set(Term.objects.values_list("code", flat=True))) == 2
    assert numbering.next_number("certificates", 2026) == 8
    assert Supervisor.objects.serving(date(2026, 6, 1)).count() == 2
