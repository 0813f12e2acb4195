"""Each cell of docs/permissions.md, asked about a county's rows: nobody may what the page denies, somebody what it grants."""

from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from itertools import product
from typing import Any

import pytest
from django.db import models

from accounts.models import User
from accounts.roles import AGENCY, Role
from cases.models import Case, Extension, Handover, Responsibility, SavedSearch, Unmasking
from cases.workflow import Status
from core import clock
from core.permission_drawings import NEVER, Verb, kinds_of, verbs
from efficiency_portal.demo_office import loading
from efficiency_portal.management.commands.draw_permissions import ROOMS
from supervisors.models import ClawBack
from tests.factories import PostFactory, UserFactory, case_at, investigation, joint_case, staffed_agency

pytestmark = pytest.mark.django_db
ROLES = [role.value for role in Role]


def people() -> dict[Role, list[User]]:
    """Who has one role in the demo, and for each role a stranger; of an agency, with a post in another one."""
    found = defaultdict(list)
    for user in User.objects.filter(is_active=True).order_by("pk"):
        if len(user.roles) == 1:
            found[Role(user.roles[0])].append(user)
    for role in Role:
        stranger = UserFactory.create(roles=[role])
        if role in AGENCY:
            PostFactory.create(agency=staffed_agency(), user=stranger)
        found[role].append(stranger)
    return found


def named(rows: models.QuerySet[Any], **fields: Any) -> list[Any]:
    """The rows as they would be with these people or moments in them; not saved."""
    found = list(rows)
    for row in found:
        for name, value in fields.items():
            setattr(row, name, value)
    return found


class County:
    """The demo's rows, and what it lacks: rows that name an office leader or whoever asks."""

    def __init__(self) -> None:
        loading.load(now=clock.now())
        self.who = people()
        self.all = [user for users in self.who.values() for user in users]
        leader, officer = self.who[Role.OFFICE_LEADER][0], self.who[Role.OFFICER][0]
        joint_case()
        investigation(case_at(Status.HANDLING, own=True), officer, leader)
        self.more: dict[type[models.Model] | None, Callable[[], list[Any]]] = {
            None: lambda: [[], self.all],  # people who could answer instead
            Case: lambda: [
                *named(Case.objects.all(), handler=leader),
                *named(Case.objects.all(), handler=leader, withdrawn_at=clock.now()),
                *named(Case.objects.all(), handler=officer, withdrawn_at=clock.now()),
            ],
            ClawBack: lambda: [ClawBack(asked_by=officer)],
            Extension: lambda: [Extension(asked_by=officer)],
            Handover: lambda: [row for user in self.all for row in named(Handover.objects.all(), handed_to=user)],
            Responsibility: lambda: [row for user in self.all for row in named(Responsibility.objects.all(), account=user)],
            SavedSearch: lambda: [SavedSearch(owner=user) for user in self.all],
            Unmasking: lambda: [Unmasking(requested_by=user) for user in self.all],
        }

    def rows(self, kind: type[models.Model] | None) -> list[Any]:
        """What a question about this kind is asked of."""
        saved = list(kind._default_manager.order_by("pk")) if kind else []
        return [*saved, *self.more.get(kind, list)()]

    def allowed(self, function: Callable[..., bool]) -> dict[Role, bool]:
        """Tell for each role whether anybody of it may do this, on any row."""
        rows = list(product(*(self.rows(kind) for kind in kinds_of(function))))
        return {role: any(function(user, *given) for user in users for given in rows) for role, users in self.who.items()}


def test_each_cell_holds_for_real_rows():
    county = County()
    wrong = []
    for room in ROOMS:
        module = import_module(f"{room}.permissions")
        for verb in verbs(room, module, ROLES, User):
            allowed = county.allowed(getattr(module, f"can_{verb.name}"))
            drawn = zip(Role, verb.cells, strict=True)
            wrong += [(verb.name, role.value, cell) for role, cell in drawn if allowed[role] != (cell != NEVER)]
    assert wrong == []


def test_every_verb_is_drawn():
    found: list[Verb] = [verb for room in ROOMS for verb in verbs(room, import_module(f"{room}.permissions"), ROLES, User)]
    assert len(found) > 80
    assert [verb.name for verb in found if "?" in verb.cells] == []
