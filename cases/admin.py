"""The criteria of excellent cases in the administration of look-up tables."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core import labels

from .models import Criterion

labels.name(
    Criterion,
    _("criterion of excellent cases"),
    many=_("criteria of excellent cases"),
    fields={
        "title": _("title"),
        "title_en": _("title in English"),
        "question": _("what a judge asks"),
        "question_en": _("what a judge asks, in English"),
        "weight": _("weight"),
        "from_year": _("from the year"),
        "until_year": _("until the year"),
        "place": _("place in the list"),
    },
)


@admin.register(Criterion)
class CriterionAdmin(admin.ModelAdmin[Criterion]):
    """By what nominated cases are judged. End a criterion by its last year instead of changing what was judged by it."""

    list_display = ("title", "weight", "from_year", "until_year", "place")
    ordering = ("place", "pk")
