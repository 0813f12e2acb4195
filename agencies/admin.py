"""Agencies, posts and measures in the administration of look-up tables."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.forms import CheckboxSelectMultiple, ModelForm, MultipleChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import labels

from . import actions
from .models import Agency, DispositionKind, Measure, MeasureClause, Post

labels.name(Agency, _("agency"), many=_("agencies"))
labels.name(
    Post,
    _("post"),
    many=_("posts"),
    fields={
        "kind": pgettext_lazy("of an agency", "post"),
        "user": _("held by"),
        "since": _("held since"),
        "until": _("held until"),
    },
)

labels.name(Measure, _("document of measures"), many=_("documents of measures"))
labels.name(MeasureClause, _("clause of a measure"), many=_("clauses of measures"))


class PostInline(admin.TabularInline[Post, Agency]):
    """Posts below their agency."""

    model = Post
    exclude = ("rank",)
    autocomplete_fields = ("user",)
    extra = 0


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin[Agency]):
    """The tree of agencies."""

    list_display = ("name", "short_name", "kind", "parent", "is_active")
    search_fields = ("name", "short_name", "aliases")
    exclude = ("depth",)
    inlines = [PostInline]

    def save_model(self, request: HttpRequest, obj: Agency, form: ModelForm[Agency], change: Any) -> None:
        """Save it at its level in the tree, with the initials by which people look for it."""
        obj.depth = obj.parent.depth + 1 if obj.parent else 0
        obj.initials = obj.initials or actions.pinyin_initials(obj.short_name)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: ModelForm[Agency], formset: Any, change: bool) -> None:
        """Save the posts in the order in which pages list them."""
        for row in formset.forms:
            if row.instance.kind:
                row.instance.rank = actions.RANKS[Post.Kind(row.instance.kind)]
        super().save_formset(request, form, formset, change)


@admin.register(Measure)
class MeasureAdmin(admin.ModelAdmin[Measure]):
    """Documents by which faults are dealt with. One that dispositions cite is never deleted: the database refuses it."""

    list_display = ("name", "document_number", "published_by", "valid_from", "valid_until")
    search_fields = ("name", "document_number")


@admin.register(MeasureClause)
class MeasureClauseAdmin(admin.ModelAdmin[MeasureClause]):
    """Their clauses. What was cited stays as it was: only its last day can be set, and a new wording entered after it."""

    list_display = ("measure", "number", "valid_from", "valid_until")
    list_filter = ("measure",)
    search_fields = ("number", "text")

    def get_readonly_fields(self, request: HttpRequest, obj: MeasureClause | None = None) -> Iterable[str]:  # type: ignore[override]
        """Whoever reads an old disposition reads the wording by which it was decided."""
        return ("measure", "number", "text", "allows", "valid_from") if obj is not None and obj.is_cited else ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer what it may allow as boxes."""
        if db_field.name == "allows":
            return MultipleChoiceField(
                choices=DispositionKind.choices, widget=CheckboxSelectMultiple, label=db_field.verbose_name
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)
