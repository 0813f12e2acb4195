"""Searches that people keep under a name."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cases import permissions
from cases.models import SavedSearch
from cases.workflow import Refused

from .moving import ask

MOST_CHARACTERS = 500


class NameTaken(Refused):
    """The person keeps another search under this name."""

    field = "name"


class SearchTooLong(Refused):
    """More filters than can be kept."""


def save_search(*, query: str, name: str, shared: bool, by: User, at: datetime) -> SavedSearch:
    """Keep filters (as they stand in the address) under a name. Raises NameTaken or SearchTooLong."""
    ask(permissions.can_act_on_many(by))
    if len(query) > MOST_CHARACTERS:
        raise SearchTooLong(_("These are more filters than can be saved. Take some away."))
    return _kept(SavedSearch(owner=by, name=name, query=query, shared=shared, created_at=at))


def change_search(search: SavedSearch, *, name: str, shared: bool, by: User) -> SavedSearch:
    """Give it another name, share it or keep it to oneself. Raises NameTaken."""
    ask(permissions.can_change_search(by, search))
    search.name, search.shared = name, shared
    return _kept(search)


def delete_search(search: SavedSearch, *, by: User) -> None:
    """Throw it away; a second time does nothing."""
    ask(permissions.can_change_search(by, search))
    SavedSearch.objects.filter(pk=search.pk).delete()


def _kept(search: SavedSearch) -> SavedSearch:
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError as error:
        raise NameTaken(_("You have a search with this name already.")) from error
    return search
