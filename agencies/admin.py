"""Agencies and posts in the administration of look-up tables."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import labels

from . import actions
from .models import Agency, Post

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
