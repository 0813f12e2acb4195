"""Names of models and fields for the administration pages. They are no part of the schema: a new wording needs no migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db import models
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


def name(model: type[models.Model], one: Words, *, many: Words | None = None, fields: dict[str, Words] | None = None) -> None:
    """Give a model and its fields the words that administrators read; `many` where the plural differs."""
    model._meta.verbose_name = one
    model._meta.verbose_name_plural = many or one
    for field, words in (fields or {}).items():
        model._meta.get_field(field).verbose_name = words  # type: ignore[union-attr] # own columns only
