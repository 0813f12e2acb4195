"""Accounts that nobody uses are closed, after a warning; never the last who could open them again."""

from datetime import timedelta

import pytest
import time_machine

from accounts.actions import close_dormant
from accounts.models import User
from accounts.roles import Role
from core import clock
from core.models import Event, Notice
from efficiency_portal import settings as portal
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def asleep(days: int, role: Role = Role.SUPERVISOR) -> User:
    return UserFactory.create(roles=[role], last_login=clock.now() - timedelta(days=days))


def is_open(user: User) -> bool:
    return User.objects.get(pk=user.pk).is_active


@pytest.mark.parametrize(("days", "told", "closed"), [(165, False, False), (170, True, False), (181, True, True)])
def test_warned_two_weeks_before_and_then_closed(days, told, closed):
    user = asleep(days)
    assert close_dormant(clock.now()) == closed
    assert close_dormant(clock.now()) == 0
    assert is_open(user) != closed
    assert Notice.objects.filter(template="accounts/dormant").count() == told
    assert Event.objects.filter(type="account.dormant", subject=f"user:{user.pk}").count() == closed


def test_the_last_administrator_stays():
    first, second = asleep(200, Role.SECURITY_ADMIN), asleep(200, Role.SECURITY_ADMIN)
    assert close_dormant(clock.now()) == 1
    assert [is_open(first), is_open(second)] == [False, True]


def test_the_office_can_switch_it_off(settings):
    settings.ACCOUNT_DORMANT_DAYS = 0
    user = asleep(400)
    close_dormant(clock.now())
    assert is_open(user)


def test_who_never_signed_in_counts_from_the_day_of_the_account():
    user = UserFactory.create(roles=[Role.SUPERVISOR], last_login=None)
    User.objects.filter(pk=user.pk).update(date_joined=clock.now() - timedelta(days=181))
    assert close_dormant(clock.now()) == 1


@pytest.mark.parametrize(
    ("roles", "hours"), [([Role.FINANCE], 2), ([Role.OFFICER, Role.AUDIT_ADMIN], 2), ([Role.OFFICER], 9), ([], 12)]
)
def test_how_long_a_session_lasts(client, settings, roles, hours):
    settings.SESSION_HOURS = portal.SESSION_HOURS
    client.force_login(UserFactory.create(roles=roles))
    end = clock.now() + timedelta(hours=hours)
    for minutes, stays in ((-1, True), (1, False)):
        with time_machine.travel(end + timedelta(minutes=minutes), tick=False):
            assert (client.get("/inbox/").status_code == 200) == stays
