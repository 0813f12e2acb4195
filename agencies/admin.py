"""Agencies and posts in the administration of look-up tables."""

from django.contrib import admin

from .models import Agency, Post


class PostInline(admin.TabularInline[Post, Agency]):
    """Posts below their agency."""

    model = Post
    extra = 0


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin[Agency]):
    """The tree of agencies."""

    list_display = ("name", "short_name", "kind", "parent", "is_active")
    search_fields = ("name", "short_name", "aliases")
    inlines = [PostInline]
