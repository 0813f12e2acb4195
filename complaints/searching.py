"""What officers may search in a complaint, as the database says it; the index of grams is on just this expression."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, IntegerField, TextField

_COLUMNS = ("title", "working_copy", "wish_copy", "respondent", "place", "agency_words")


def search_text() -> Func:
    """Return the expression of all that may be searched, folded; the filer's own data are masked in every column of it."""
    return Func(*(F(name) for name in _COLUMNS), function="portal_search_text", output_field=TextField())


def grams() -> Func:
    """Return the expression of its two-character grams, as numbers."""
    return Func(search_text(), function="portal_grams", output_field=ArrayField(IntegerField()))
